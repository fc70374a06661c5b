// What the bench uses of a library that has no types.
declare module 'moment-business-time' {
  interface Moment {
    valueOf(): number;
    addWorkingTime(amount: number, unit: 'hours'): Moment;
  }
  interface Factory {
    (instant: number): Moment;
    utc(instant: number): Moment;
    updateLocale(name: string, settings: { workinghours: Record<number, string[] | null> }): void;
  }
  const moment: Factory;
  export default moment;
}
