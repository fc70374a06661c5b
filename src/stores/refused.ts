import type { DeskError } from '../desk/errors.ts';

/** Ends a piece of work with an error of the desk that was found underneath it. */
export class Refused extends Error {
  readonly error: DeskError;
  constructor(error: DeskError) {
    super(error.code);
    this.error = error;
  }
}
