/** What all windows know of a desk that is down. Each call rejects where the disk does not let them know. */
export interface Outage {
  /** Tells the others that it is down. */
  begin(): Promise<void>;
  /** Whether this window is the one to try it now; nothing where nobody knows it to be down. */
  claim(): Promise<boolean | undefined>;
  /** Tells the others that it is not. */
  end(): Promise<void>;
}
