import { WrongArgument, benchArguments, helpText } from './arguments';
import { type Bench } from './bench';
import { busBench } from './bus.bench';
import { endToEndBench } from './end-to-end.bench';
import { ocppBench } from './ocpp.bench';
import { ratingBench } from './rating.bench';
import { storeBench } from './store.bench';

/** A new bench is a new line here. */
const BENCHES: readonly Bench[] = [busBench, endToEndBench, ocppBench, ratingBench, storeBench];

async function main(): Promise<void> {
  const { bench, values, json, help } = benchArguments(process.argv.slice(2), BENCHES);
  if (help || !bench) {
    console.log(helpText(BENCHES, bench));
    if (!help) process.exitCode = 2;
    return;
  }
  const began = performance.now();
  const { lines, figures } = await bench.run(values, (what) => {
    console.error(`… ${what}`);
  });
  console.log(lines.join('\n'));
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  if (json) console.log(JSON.stringify({ bench: bench.name, ...values, ...figures, seconds }));
}

main().catch((error: unknown) => {
  if (error instanceof WrongArgument) {
    console.error(`${error.message}\n\nnpm run bench -- --help tells what there is.`);
    process.exitCode = 2;
    return;
  }
  console.error(error);
  process.exitCode = 1;
});
