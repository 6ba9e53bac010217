/** A suite, unless there is a reason why it cannot run: then it is skipped, and the run says why. */
export function describeUnless(why: string | undefined, title: string, suite: () => void): void {
  if (why === undefined) {
    describe(title, suite);
    return;
  }
  process.stderr.write(`\nDID NOT RUN: ${title}\n  ${why}\n\n`);
  describe(title, () => it.skip(`DID NOT RUN: ${why}`, () => undefined));
}
