import { TopsailError } from '../../diagnostics/topsail-error.ts';

/** What a link is like from now on, for what the containers of a service send. */
export interface LinkRequest {
  /** Bits per second, or a text such as `1mbit`, `512kbit`. */
  readonly bandwidth?: number | string;
  /** Milliseconds that everything takes longer. */
  readonly latency?: number;
  /** Milliseconds that this varies by. */
  readonly jitter?: number;
  /** Part of the packets that get lost, from 0 to 1. */
  readonly loss?: number;
  /** Key of the network in the project; the default one without it. */
  readonly network?: string;
  /** An image on the engine that has a shell and `tc` (iproute2), for services whose own image has not. */
  readonly image?: string;
}

/** The words of `tc` for what a link is to be like, and what the kernel needs for it. Throws `invalid-link`. */
export function disciplineOf(request: LinkRequest): {
  readonly words: readonly string[];
  readonly kind: 'netem' | 'tbf';
} {
  const { latency, jitter, loss } = request;
  const bits = request.bandwidth === undefined ? undefined : bitsOf(request.bandwidth);
  for (const [name, value] of Object.entries({ latency, jitter, loss })) {
    if (value !== undefined && !(value >= 0)) throw invalid(`${name}: ${value}`);
  }
  if (loss !== undefined && loss > 1) throw invalid(`loss: ${loss}`, 'it is a part of 1: 0.05 loses 5 of 100 packets');
  if (jitter !== undefined && latency === undefined) throw invalid('jitter without latency');
  if (latency !== undefined || loss !== undefined) {
    const words = [
      'netem',
      ...(latency === undefined ? [] : ['delay', `${latency}ms`]),
      ...(jitter === undefined ? [] : [`${jitter}ms`]),
      ...(loss === undefined ? [] : ['loss', `${loss * 100}%`]),
      ...(bits === undefined ? [] : ['rate', `${bits}bit`]),
    ];
    return { words, kind: 'netem' };
  }
  if (bits === undefined) throw invalid('nothing', 'say one of bandwidth, latency and loss');
  // A bucket for a hundredth of a second, that holds two packets at least.
  const burst = Math.max(3200, Math.ceil(bits / 800));
  return { words: ['tbf', 'rate', `${bits}bit`, 'burst', String(burst), 'latency', '400ms'], kind: 'tbf' };
}

const factors: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 };

function bitsOf(bandwidth: number | string): number {
  const [, digits = '', prefix = ''] =
    /^(\d+(?:\.\d+)?)([kmg]?)bit$/i.exec(typeof bandwidth === 'number' ? `${bandwidth}bit` : bandwidth) ?? [];
  const bits = Math.round(Number(digits) * (factors[prefix.toLowerCase()] ?? 0));
  if (digits !== '' && bits > 0) return bits;
  throw invalid(`bandwidth: ${bandwidth}`, 'it is a number of bits per second, or a text such as 1mbit');
}

function invalid(what: string, hint?: string): TopsailError {
  return new TopsailError('invalid-link', `no such link: ${what}`, {
    origin: 'user',
    ...(hint === undefined ? {} : { details: [hint] }),
  });
}
