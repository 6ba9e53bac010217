import { type Tariff } from '@voltledger/contracts';
import { eventually, sampleTariff } from '@voltledger/testing';
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
});
