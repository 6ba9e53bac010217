import { type Rating, type Tariff } from '@voltledger/contracts';
import { tariffFormats } from '@voltledger/ocpi';
import { at, eventually, sampleTariff } from '@voltledger/testing';
import { TariffRig } from '../../test/tariff-rig';

let rig: TariffRig;

beforeAll(async () => {
  rig = await TariffRig.start();
});

afterAll(() => rig.close());

describe('the operator', () => {
  it('publishes, lists, shows and withdraws a tariff', async () => {
    await rig.publish(sampleTariff('T9'));
    const listed = (await (await rig.call('tariffs?limit=500')).json()) as {
      items: { tariff: Tariff }[];
    };
    expect(listed.items.map(({ tariff }) => tariff.tariffId)).toContain('T9');
    expect((await rig.call('tariffs/t9')).status).toBe(200);
    expect((await rig.call('tariffs/T9/withdraw', 'POST')).status).toBe(204);
    expect((await rig.call('tariffs/T9/withdraw', 'POST')).status).toBe(409);
    expect(await (await rig.call('tariffs/T9')).json()).toHaveProperty('withdrawnAt');
    await eventually(() =>
      expect(rig.all()).toContainEqual({
        type: 'TariffWithdrawn',
        data: { tariffId: 'T9', at: expect.any(String) },
      }),
    );
  });

  it('is refused a wrong tariff with field and rule', async () => {
    const { updatedAt: _updatedAt, ...draft } = sampleTariff('T8');
    const answer = await rig.call('tariffs/T8', 'PUT', {
      ...draft,
      countryCode: 'de',
      maxPrice: { beforeTaxes: 2, afterTaxes: 1 },
    });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('maxPrice.afterTaxes must not be below beforeTaxes');
  });

  it('is warned of what is odd, and not refused for it', async () => {
    const { updatedAt: _updatedAt, ...draft } = sampleTariff('T7');
    const component = { dimension: 'ENERGY', price: 400_000, stepSize: 1 };
    const night = {
      components: [component],
      restrictions: { startTime: '22:00', endTime: '06:00' },
    };
    const answer = await rig.call('tariffs/T7', 'PUT', { ...draft, elements: [night, night] });
    expect(await answer.json()).toMatchObject({
      version: 1,
      warnings: [
        { field: 'elements', warning: 'name no VAT: amounts after taxes stay unknown' },
        {
          field: 'elements.1.components.0',
          warning: 'is never used: element 0 always stands before it',
        },
        {
          field: 'elements',
          warning: 'have no price for ENERGY on MONDAY from 06:00 to 22:00: it is free then',
        },
      ],
    });
  });

  it('is refused a field that nobody knows, instead of losing it', async () => {
    const { updatedAt: _updatedAt, ...draft } = sampleTariff('T6');
    const answer = await rig.call('tariffs/T6', 'PUT', { ...draft, maxprice: { beforeTaxes: 1 } });
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('is not a known field here'),
    ]);
  });

  it.each([...tariffFormats.keys()])(
    'writes and reads tariffs as OCPI %s does',
    async (version) => {
      const format = `?format=ocpi-${version}`;
      const id = `F-${version}`;
      await rig.publish(sampleTariff(id));
      const { tariff } = (await (await rig.call(`tariffs/${id}${format}`)).json()) as {
        tariff: object;
      };
      const renamed = { ...tariff, id: `${id}-B` };
      const answer = await rig.call(`tariffs/${id}-B${format}`, 'PUT', renamed);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ version: 1, tariff: { id: `${id}-B` } });
      const wrong = await rig.call(`tariffs/${id}-B${format}`, 'PUT', { ...renamed, elements: [] });
      expect([wrong.status, await wrong.text()]).toEqual([
        400,
        expect.stringContaining('elements'),
      ]);
    },
  );

  it('sees what a session would cost, and why', async () => {
    await rig.publish(sampleTariff('T5'));
    const session = {
      timeZone: 'Europe/Berlin',
      timeline: [
        { kind: 'CHARGING', start: at('10:00'), end: at('10:30'), energy: 10_000_000 },
        { kind: 'PARKING', start: at('10:30'), end: at('11:00') },
      ],
    };
    const [ours, given] = await Promise.all(
      [{ tariffId: 'T5' }, { tariff: sampleTariff('T5') }].map(async (tariff) => {
        const answer = await rig.call('tariffs/rate', 'POST', { ...session, ...tariff });
        return (await answer.json()) as { rating: Rating };
      }),
    );
    expect(ours?.rating.costs.total.beforeTaxes.micros).toBe(8_250_000);
    expect(given?.rating.costs).toEqual(ours?.rating.costs);
    expect(ours?.rating.trace.join()).toContain('10 kWh at 0.49 EUR/kWh');
    const unknown = await rig.call('tariffs/rate', 'POST', { ...session, tariffId: 'NOBODY' });
    expect(unknown.status).toBe(404);
  });
});
