import type { Result } from '../desk/errors.ts';
import type { HealthFailure, HealthReading } from '../desk/healthReading.ts';

/** What reads a source of health, once for each call. It never throws for what can go wrong in use. */
export interface HealthSource {
  /** As in {@link HealthReading}. */
  readonly id: string;
  /** `before` is the last good reading, from which is taken what need not be asked for again. */
  read(signal: AbortSignal, before?: HealthReading): Promise<Result<HealthReading, HealthFailure>>;
}
