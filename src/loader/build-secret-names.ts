import type { Service } from '../project/service.ts';
import { mappingsIn } from './tree/json-items.ts';

/** The secrets that a service's build uses, in order. */
export function buildSecretNames(service: Service): readonly string[] {
  return mappingsIn(service.build?.['secrets']).map((secret) => {
    const source = secret['source'];
    return typeof source === 'string' ? source : '';
  });
}
