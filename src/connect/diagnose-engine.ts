import type { EngineDescription, EngineInformation } from '../engine/engine.ts';
import { connectFound } from './connect-engine.ts';
import { type EngineLimitation, engineLimitations } from './engine-limitations.ts';
import type { EngineSearch, LookedAt } from './engine-search.ts';
import { searchEngine } from './find-engine.ts';

/** What `topsail doctor` tells. */
export interface EngineDiagnosis {
  /** Every address that was tried, in order. */
  readonly looked: readonly LookedAt[];
  /** The engine that answered. */
  readonly engine: DiagnosedEngine | undefined;
}

/** An engine and what will not work on it. */
export interface DiagnosedEngine {
  /** Who named its address. */
  readonly source: string;
  readonly description: EngineDescription;
  /** The highest API version it speaks; the one in use is in the description. */
  readonly highestApiVersion: string;
  readonly information: EngineInformation;
  readonly limitations: readonly EngineLimitation[];
}

/** Looks for an engine and asks it about itself. Throws an EngineError if an address makes no sense or the engine fails midway. */
export async function diagnoseEngine(search: EngineSearch): Promise<EngineDiagnosis> {
  const { found, looked } = await searchEngine(search);
  if (found === undefined) return { looked, engine: undefined };
  const engine = await connectFound(found, search);
  try {
    const information = await engine.information(search.signal === undefined ? {} : { signal: search.signal });
    const { description } = engine;
    return {
      looked,
      engine: {
        source: found.source,
        description: { ...description, architecture: information.architecture ?? description.architecture },
        highestApiVersion: found.ping.apiVersion,
        information,
        limitations: engineLimitations(description, information),
      },
    };
  } finally {
    await engine.close();
  }
}
