import { type Tariff, type TariffEvent } from '@voltledger/contracts';
import { type SessionId } from '@voltledger/kernel';
import { newUuid } from '@voltledger/platform';
import { eventually, sampleTariff } from '@voltledger/testing';
import { billingMessage, refused, reissued } from '../test/billing-answers';
import { ended, sessionMessages, story } from '../test/session-messages';
import { TariffRig } from '../test/tariff-rig';

let rig: TariffRig;
const SESSIONS = Array.from({ length: 5 }, () => newUuid() as string as SessionId);
const PERIOD = { from: '2026-03-05T00:00:00Z', to: '2026-03-06T00:00:00Z' };

/** The energy costs 0.59 instead of 0.49: 10 kWh cost 1.00 more, 1.19 with VAT. */
const dearer = (tariffId = 'T1'): Omit<Tariff, 'updatedAt'> => {
  const { updatedAt: _updatedAt, ...tariff } = sampleTariff(tariffId);
  const [element] = tariff.elements;
  const components = element!.components.map((component) =>
    component.dimension === 'ENERGY' ? { ...component, price: 590_000 } : component,
  );
  return { ...tariff, elements: [{ ...element, components }] };
};

interface Work {
  readonly state: string;
  readonly status: string;
  readonly done: number;
  readonly total: number;
  readonly outcomes: Record<string, number>;
  readonly revenue: Record<'becomes' | 'was', { beforeTaxes: number; afterTaxes: number }>;
  readonly progress: Record<string, number>;
}

const post = async <Answer>(path: string, body: object): Promise<Answer> => {
  const answer = await rig.call(path, 'POST', body);
  if (answer.status !== 202) throw new Error(await answer.text());
  return answer.json() as Promise<Answer>;
};

beforeAll(async () => {
  rig = await TariffRig.start({
    ...{ TARIFF_PRICE_SECONDS: '3600', TARIFF_REPRICING_REST_MS: '20' },
    TARIFF_REPRICED_AT_ONCE: '2',
  });
  await rig.publish(sampleTariff('T1'));
  for (const sessionId of SESSIONS) await rig.hear(sessionMessages(sessionId, story(sessionId)));
  await eventually(() =>
    SESSIONS.forEach((sessionId) => expect(rig.typesAbout(sessionId)).toContain('SessionRated')),
  );
});

afterAll(() => rig.close());

describe('a simulation', () => {
  const run = async (body: object): Promise<Work & Record<string, unknown>> => {
    const { simulationId } = await post<{ simulationId: string }>('tariffs/simulations', body);
    return eventually(async () => {
      const shown = await rig.json<Work & Record<string, unknown>>(
        `tariffs/simulations/${simulationId}`,
      );
      expect(shown.state).toBe('done');
      return shown;
    });
  };

  it('says what a draft would have changed: revenue, distribution, the sessions that change most', async () => {
    const shown = await run({ ...PERIOD, tariff: dearer('DRAFT') });
    expect(shown).toMatchObject({
      ...{ done: 5, total: 5, outcomes: { changed: 5 } },
      revenue: {
        was: { beforeTaxes: 41_250_000, afterTaxes: 49_087_500 },
        becomes: { beforeTaxes: 46_250_000, afterTaxes: 55_037_500 },
      },
      histogram: [{ from: 1_000_000, sessions: 5 }],
      highPowerSessions: 5,
    });
    expect(shown['quantiles']).toContainEqual({ share: 0.5, change: 1_000_000 });
    expect(shown['changeMost']).toHaveLength(5);
  });

  it('checks the price components by AFIR: ad hoc from 50 kW on there is no session fee', async () => {
    const adHoc = { ...dearer('DRAFT'), type: 'AD_HOC_PAYMENT' };
    const shown = await run({ ...PERIOD, tariff: adHoc });
    expect(shown['afir']).toMatchObject({
      parts: ['ENERGY', 'PARKING_TIME', 'FLAT'],
      findings: [
        { field: 'elements.0.components.0', rule: expect.stringContaining('session fee') },
      ],
    });
    // No session was ad hoc: the draft is for none of them.
    expect(shown.outcomes).toEqual({ 'not-for-it': 5 });
  });

  it('changes nothing, and tells nobody', () =>
    expect(rig.all().filter(({ type }) => type === 'SessionRerated')).toEqual([]));

  it('is cancelled, or unknown', async () => {
    const { simulationId } = await post<{ simulationId: string }>('tariffs/simulations', {
      ...PERIOD,
      tariff: dearer('DRAFT'),
    });
    const path = `tariffs/simulations/${simulationId}/cancellation`;
    expect((await rig.call(path, 'POST')).status).toBe(204);
    expect((await rig.call(`tariffs/simulations/${newUuid()}`)).status).toBe(404);
  });

  it('is refused for a wrong draft or period, with field and rule', async () => {
    const wrong = await rig.call('tariffs/simulations', 'POST', {
      ...{ from: PERIOD.to, to: PERIOD.from, tariff: dearer() },
    });
    expect([wrong.status, await wrong.text()]).toEqual([
      400,
      expect.stringContaining('must be after from'),
    ]);
    const invalid = { ...dearer(), countryCode: 'de' };
    const answer = await rig.call('tariffs/simulations', 'POST', { ...PERIOD, tariff: invalid });
    expect([answer.status, await answer.text()]).toEqual([
      422,
      expect.stringContaining('TARIFF_INVALID'),
    ]);
  });
});

describe('a re-rating', () => {
  type Rerated = Extract<TariffEvent, { type: 'SessionRerated' }>['data'];
  let reratingId: string;
  const shown = () => rig.json<Work>(`tariffs/reratings/${reratingId}`);
  const reaches = (status: string) =>
    eventually(async () => {
      const found = await shown();
      expect(found.status).toBe(status);
      return found;
    });
  const told = (): Rerated[] =>
    rig.all().flatMap((event) => (event.type === 'SessionRerated' ? [event.data] : []));

  it('shows what it changes before anything is charged', async () => {
    ({ reratingId } = await post<{ reratingId: string }>('tariffs/reratings', {
      ...{ ...PERIOD, tariff: dearer(), reason: 'The published price was wrong.' },
    }));
    const found = await reaches('computed');
    expect(found).toMatchObject({
      ...{ done: 5, total: 5, outcomes: { changed: 5 }, progress: { due: 5 } },
      revenue: { was: { beforeTaxes: 41_250_000 }, becomes: { beforeTaxes: 46_250_000 } },
    });
    const page = await rig.json<{ items: object[]; next: string }>(
      `tariffs/reratings/${reratingId}/sessions?limit=3`,
    );
    const rest = await rig.json<{ items: object[] }>(
      `tariffs/reratings/${reratingId}/sessions?limit=3&after=${page.next}`,
    );
    expect([page.items.length, rest.items.length]).toEqual([3, 2]);
    expect(told()).toEqual([]);
  });

  it('is approved by another key than the one that asked (four eyes)', async () => {
    const path = `tariffs/reratings/${reratingId}/approval`;
    const own = await rig.call(path, 'POST', { note: 'Mine.' });
    expect([own.status, await own.text()]).toEqual([409, expect.stringContaining('SAME_EYES')]);
    expect((await rig.callAsOther(path, 'POST', { note: 'Checked.' })).status).toBe(204);
    expect((await rig.callAsOther(path, 'POST', { note: 'Again.' })).status).toBe(409);
  });

  it('then tells the new price of each session, once, with who stands behind it', async () => {
    await reaches('published');
    await eventually(() => expect(told()).toHaveLength(5));
    expect(new Set(told().map(({ sessionId }) => sessionId))).toEqual(new Set(SESSIONS));
    expect(told()[0]).toMatchObject({
      ...{ reratingId, throughRevision: 7, requestedBy: 'test', approvedBy: 'approver' },
      ...{ reason: 'The published price was wrong.' },
      rating: { costs: { total: { beforeTaxes: { micros: 9_250_000 } } } },
    });
  });

  it('shows what billing answered, and is settled when it has for each', async () => {
    const [first, ...others] = told();
    await rig.hear([
      billingMessage(refused(first!, 'CDR_DISPUTED'), first!.sessionId),
      ...others.map((each) => billingMessage(reissued(each), each.sessionId)),
    ]);
    expect(await reaches('settled')).toMatchObject({ progress: { refused: 1, reissued: 4 } });
    const { items } = await rig.json<{ items: object[] }>(
      `tariffs/reratings/${reratingId}/sessions?progress=refused`,
    );
    expect(items).toMatchObject([{ answer: { code: 'CDR_DISPUTED' } }]);
  });

  it('tells each of its steps', async () => {
    await eventually(() =>
      expect(rig.all().flatMap(({ type }) => (type.startsWith('Rerating') ? [type] : []))).toEqual([
        'ReratingRequested',
        'ReratingComputed',
        'ReratingApproved',
        'ReratingPublished',
        'ReratingSettled',
      ]),
    );
  });

  it('holds for a session whose end is corrected later: it is rated by the corrected tariff', async () => {
    const { sessionId, contentHash } = told()[1]!;
    const truth = ended(sessionId, '11:00', '11', { corrects: 'estimate' });
    await rig.hear(sessionMessages(sessionId, [truth], 8));
    await eventually(() => expect(rig.last(sessionId, 'SessionRated')?.throughRevision).toBe(8));
    expect(rig.last(sessionId, 'SessionRated')?.rating).toMatchObject({
      ...{ tariffHash: contentHash, energy: 11_000_000 },
      costs: { energy: { beforeTaxes: { micros: 6_490_000 } } },
    });
  });

  it('finds nothing to change where it took effect', async () => {
    ({ reratingId } = await post<{ reratingId: string }>('tariffs/reratings', {
      ...{ ...PERIOD, tariff: dearer(), reason: 'Once more.' },
    }));
    expect((await reaches('computed')).outcomes).toEqual({ changed: 1, same: 4 });
    const path = `tariffs/reratings/${reratingId}/rejection`;
    expect((await rig.call(path, 'POST', { note: 'Not needed.' })).status).toBe(204);
    await reaches('rejected');
  });
});
