import { setTimeout as pause } from 'node:timers/promises';
import { SERVICE_NAMES, type ServiceName, eventually } from '@voltledger/testing';
import { type Dice } from './dice';
import { type Stage } from './stage';

const SECOND = 1_000;
const BACK_PATIENCE_MS = 120_000;

/** What was done to the network, and how long that took until it was mended. */
export interface Fault {
  readonly what: string;
  readonly isKill: boolean;
  readonly seconds: number;
}

interface Plan {
  readonly what: string;
  readonly isKill?: boolean;
  readonly inflict: (stage: Stage) => Promise<void>;
}

const killed = (service: ServiceName): Plan => ({
  what: `kill -9 ${service}, started again`,
  isKill: true,
  inflict: async ({ network }) => {
    const [process] = network.of(service);
    await process?.kill();
    await pause(SECOND);
    await process?.start();
  },
});

const brokerAway: Plan = {
  what: 'broker stopped for 8 s',
  inflict: async ({ kafka }) => {
    await kafka.stop();
    await pause(8 * SECOND);
    await kafka.start();
  },
};

const brokerKilled: Plan = {
  what: 'kill -9 of the broker',
  isKill: true,
  inflict: async ({ kafka }) => {
    await kafka.kill();
    await kafka.start();
  },
};

const databaseKilled: Plan = {
  what: 'kill -9 of PostgreSQL, back by itself',
  isKill: true,
  inflict: async ({ postgres, network }) => {
    const before = postgres.pid;
    process.kill(before, 'SIGKILL');
    await eventually(async () => {
      if (postgres.pid === before) throw new Error('PostgreSQL is not back');
      await network.operator.get('sessions?limit=1');
    }, BACK_PATIENCE_MS);
  },
};

const rebalanced = (service: ServiceName): Plan => ({
  what: `a second ${service} joins, and leaves by SIGTERM`,
  inflict: async ({ network }) => {
    const process = await network.add(service);
    await pause(5 * SECOND);
    await process.stop();
  },
});

const partnerSlow: Plan = {
  what: 'partner answers slowly, 20 times',
  inflict: ({ roaming }) => {
    roaming.partner.faults.plan({ kind: 'is slow', millis: 3_000 }, { times: 20, module: 'cdrs' });
    return Promise.resolve();
  },
};

const partnerGone: Plan = {
  what: 'partner gone for 10 s, then forgets 3 answers',
  inflict: async ({ roaming }) => {
    await roaming.partner.down();
    await pause(10 * SECOND);
    roaming.partner.faults.plan({ kind: 'loses answer' }, { times: 3, module: 'cdrs' });
    await roaming.partner.up();
  },
};

/** In this order, with pauses between. A broker that is not ours is left alone. */
const plansFor = ({ kafka }: Stage): readonly Plan[] => [
  ...SERVICE_NAMES.map(killed),
  ...(kafka.ours ? [brokerAway, brokerKilled] : []),
  databaseKilled,
  partnerSlow,
  rebalanced('session'),
  partnerGone,
  rebalanced('billing'),
];

export async function inflictAll(
  stage: Stage,
  dice: Dice,
  tell: (what: string) => void,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const { what, isKill = false, inflict } of plansFor(stage)) {
    await pause(dice.between(1, 4) * SECOND);
    tell(what);
    const began = performance.now();
    await inflict(stage);
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    faults.push({ what, isKill, seconds });
  }
  return faults;
}
