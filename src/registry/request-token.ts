import type { RegistryCredentials } from '../engine/engine.ts';
import type { Challenge } from './parse-challenge.ts';
import type { ProxyEnvironment } from './proxy-for.ts';
import { registryError } from './registry-error.ts';
import { isLoopback } from './registry-host.ts';
import { type HttpRequest, sendRequest } from './send-request.ts';

/** What a token is asked for. */
export interface TokenRequest {
  readonly challenge: Challenge;
  /** `library/nginx`. */
  readonly repository: string;
  readonly credentials: RegistryCredentials | undefined;
  /** Whether the user said that the registry may be spoken to without TLS, so that its token server may be too. */
  readonly insecure: boolean;
  readonly environment: ProxyEnvironment;
  readonly signal?: AbortSignal | undefined;
}

const longestAnswer = 1024 * 1024;

/**
 * Asks the server that the challenge names for a token to pull with: with an identity token by `POST`, else by `GET`, with
 * the password if there is one. Throws `registry-denied` or `registry-answer-invalid`.
 */
export async function requestToken(request: TokenRequest): Promise<string> {
  const answer = await sendRequest(tokenRequest(request));
  if (answer.status === 401 || answer.status === 403) {
    throw registryError('denied', request.credentials === undefined ? 'it wants a login' : 'it refuses the login');
  }
  const token = answer.status === 200 ? tokenIn(answer.body) : undefined;
  if (token !== undefined) return token;
  throw registryError('answer-invalid', `its token server gave no token (status ${answer.status})`);
}

function tokenRequest({
  challenge,
  repository,
  credentials,
  insecure,
  environment,
  signal,
}: TokenRequest): HttpRequest {
  const url = realmOf(challenge, insecure);
  const service = challenge.parameters.get('service');
  const scope = `repository:${repository}:pull`;
  const common = { longestBody: longestAnswer, environment, signal };
  if (credentials?.identityToken !== undefined) {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: credentials.identityToken,
      client_id: 'topsail',
      scope,
      ...(service === undefined ? {} : { service }),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { ...common, method: 'POST', url, headers, body: form.toString() };
  }
  if (service !== undefined) url.searchParams.set('service', service);
  url.searchParams.set('scope', scope);
  const login = basicAuthorization(credentials);
  return { ...common, method: 'GET', url, ...(login === undefined ? {} : { headers: { authorization: login } }) };
}

/** A password goes over plain http only to this machine, or where the user said so for the registry itself. */
function realmOf({ parameters }: Challenge, insecure: boolean): URL {
  const realm = parameters.get('realm') ?? '';
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  if (url?.protocol === 'https:') return url;
  if (url?.protocol === 'http:' && (insecure || isLoopback(url.host))) return url;
  throw registryError('answer-invalid', `its token server ${JSON.stringify(realm)} is not safe to talk to`);
}

/** The `Authorization` of a user name and password; undefined without them. */
export function basicAuthorization(credentials: RegistryCredentials | undefined): string | undefined {
  const { username, password } = credentials ?? {};
  if (username === undefined || password === undefined) return undefined;
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function tokenIn(body: Buffer): string | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value !== 'object' || value === null) return undefined;
    const { token, access_token: accessToken } = value as { token?: unknown; access_token?: unknown };
    const found = typeof token === 'string' && token !== '' ? token : accessToken;
    return typeof found === 'string' && /^[\x21-\x7e]+$/.test(found) ? found : undefined;
  } catch {
    return undefined;
  }
}
