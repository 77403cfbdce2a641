import { errorCode } from '../diagnostics/thrown.ts';
import type { CallOptions, RegistryCredentials } from '../engine/engine.ts';
import { type ImageReference, imageReferenceText } from '../engine/image-reference.ts';
import { parseChallenges } from './parse-challenge.ts';
import type { ProxyEnvironment } from './proxy-for.ts';
import { registryError } from './registry-error.ts';
import { apiHost, isLoopback } from './registry-host.ts';
import { basicAuthorization, requestToken } from './request-token.ts';
import { type HttpAnswer, type HttpRequest, sendRequest } from './send-request.ts';

/** Finds the login for the registry of a reference; undefined to go without one. */
export type FindCredentials = (reference: string, call: CallOptions) => Promise<RegistryCredentials | undefined>;

/** How registries are spoken to. */
export interface RegistryOptions {
  readonly credentials: FindCredentials;
  /** Hosts, with their port, that may be spoken to without TLS; this machine always may. */
  readonly insecureRegistries: readonly string[];
  /** Where proxies are named. */
  readonly environment: ProxyEnvironment;
}

/** What a request to a registry is, beside where it goes. */
export interface RegistryRequest {
  readonly method: 'GET' | 'HEAD';
  /** Below `/v2/<repository>/`: `manifests/latest`. */
  readonly path: string;
  readonly accept?: string;
  readonly longestBody: number;
  readonly signal?: AbortSignal | undefined;
}

const mostRedirects = 5;

/**
 * Speaks with registries: finds out whether a host that may be spoken to in the clear has TLS, logs in where it is asked
 * to, once for each repository, and follows redirects without taking the login along.
 */
export class RegistrySession {
  readonly #credentials: FindCredentials;
  readonly #environment: ProxyEnvironment;
  readonly #insecure: ReadonlySet<string>;
  /** Hosts that turned out to have no TLS. */
  readonly #plain = new Set<string>();
  /** `Authorization` by registry and repository. */
  readonly #logins = new Map<string, Promise<string>>();

  constructor({ credentials, insecureRegistries, environment }: RegistryOptions) {
    this.#credentials = credentials;
    this.#environment = environment;
    this.#insecure = new Set(insecureRegistries);
  }

  /** Sends a request about a repository; answers of any status but 401 are given back. */
  async send(reference: ImageReference, request: RegistryRequest): Promise<HttpAnswer> {
    const known = await this.#logins.get(loginKey(reference))?.catch(() => undefined);
    const first = await this.#sendTo(reference, request, known);
    if (first.status !== 401) return first;
    const login = await this.#logIn(reference, first, known, request.signal);
    const second = await this.#sendTo(reference, request, login);
    if (second.status !== 401) return second;
    throw registryError(
      'denied',
      `it does not give us ${reference.repository}: it has none, or it wants another login`,
    );
  }

  /** One login at a time for a repository; a token that was refused has run out, so another is asked for. */
  #logIn(
    reference: ImageReference,
    refusal: HttpAnswer,
    refused: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const key = loginKey(reference);
    const known = this.#logins.get(key);
    if (known !== undefined && refused === undefined) return known;
    const login = this.#askForLogin(reference, refusal, signal);
    this.#logins.set(key, login);
    login.catch(() => this.#logins.delete(key));
    return login;
  }

  async #askForLogin(reference: ImageReference, refusal: HttpAnswer, signal: AbortSignal | undefined): Promise<string> {
    const challenges = parseChallenges(String(refusal.headers['www-authenticate'] ?? ''));
    const call = signal === undefined ? {} : { signal };
    const credentials = await this.#credentials(imageReferenceText(reference), call);
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (bearer !== undefined) {
      const insecure = this.#insecure.has(reference.registry);
      const { repository } = reference;
      const environment = this.#environment;
      return `Bearer ${await requestToken({ challenge: bearer, repository, credentials, insecure, environment, signal })}`;
    }
    const basic = challenges.some(({ scheme }) => scheme === 'basic') ? basicAuthorization(credentials) : undefined;
    if (basic === undefined) throw registryError('denied', 'it wants a login');
    return basic;
  }

  async #sendTo(
    { registry, repository }: ImageReference,
    { path, accept, ...request }: RegistryRequest,
    login: string | undefined,
  ): Promise<HttpAnswer> {
    const headers = {
      ...(accept === undefined ? {} : { accept }),
      ...(login === undefined ? {} : { authorization: login }),
    };
    const common = { ...request, headers, environment: this.#environment };
    const urlOf = (scheme: string): URL => new URL(`${scheme}://${apiHost(registry)}/v2/${repository}/${path}`);
    const mayBePlain = isLoopback(registry) || this.#insecure.has(registry);
    if (this.#plain.has(registry)) return followRedirects({ ...common, url: urlOf('http') });
    try {
      return await followRedirects({ ...common, url: urlOf('https') });
    } catch (thrown) {
      if (!mayBePlain || !speaksNoTls(thrown)) throw thrown;
      this.#plain.add(registry);
      return followRedirects({ ...common, url: urlOf('http') });
    }
  }
}

function loginKey({ registry, repository }: ImageReference): string {
  return `${registry}/${repository}`;
}

function speaksNoTls(thrown: unknown): boolean {
  const code = errorCode(thrown) ?? '';
  return code === 'EPROTO' || code === 'ECONNRESET' || code.startsWith('ERR_SSL_');
}

async function followRedirects(request: HttpRequest): Promise<HttpAnswer> {
  let current = request;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const answer = await sendRequest(current);
    if (![301, 302, 303, 307, 308].includes(answer.status)) return answer;
    current = redirected(current, answer.headers.location ?? '');
  }
  throw registryError('answer-invalid', `it redirects more than ${mostRedirects} times`);
}

function redirected(request: HttpRequest, location: string): HttpRequest {
  const url = URL.canParse(location, request.url.href) ? new URL(location, request.url) : undefined;
  const allowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && request.url.protocol === 'http:');
  if (url === undefined || !allowed) {
    throw registryError('answer-invalid', `it redirects to ${JSON.stringify(location)}, which is not safe`);
  }
  const { authorization, ...others } = request.headers ?? {};
  const sameHost = url.origin === request.url.origin && authorization !== undefined;
  return { ...request, url, headers: sameHost ? { ...others, authorization } : others };
}
