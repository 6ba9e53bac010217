import { type SessionEvent } from '@voltledger/contracts';
import { energy } from '@voltledger/kernel';
import { SAMPLE_SESSION as sessionId, at, sampleTariff } from '@voltledger/testing';
import { ended, recorded, started } from '../../test/session-story';
import { sessionChange } from './session-change';

describe('a session in the operator’s list', () => {
  it('appears with its place and who pays when it starts', () =>
    expect(sessionChange(started)).toEqual({
      set: {
        ...{ status: 'active', station_id: 'CS0001', transaction_id: '7' },
        ...{ started_at: at('10:00'), refusal: null },
        ...{ location_id: 'HARBOUR', evse_uid: 'EVSE-0001', evse_id: 'DE*VLT*E0001*1' },
        ...{ token_uid: '04A2B3', contract_id: 'DE-VLT-C1', payer_kind: 'own', partner_id: null },
      },
    }));

  it('grows with each reading, and never shrinks because one came late', () =>
    expect(sessionChange(recorded('100.5', '0.5', '10:05') as SessionEvent)).toEqual({
      set: {},
      atLeast: energy('0.5'),
    }));

  it('shows at its end what was delivered in all, also when that is less than it seemed', () =>
    expect(sessionChange(ended)).toEqual({
      set: {
        ...{ status: 'ended', ended_at: at('10:30'), energy_mwh: energy('1') },
        end_reason: 'Local',
      },
    }));

  it('shows its tariff, and what is doubted', () => {
    const data = { sessionId, tariff: sampleTariff(), contentHash: 'a'.repeat(64) };
    expect(sessionChange({ type: 'TariffAttached', data })).toEqual({
      set: { tariff_id: 'STANDARD', currency: 'EUR' },
    });
    expect(
      sessionChange({
        type: 'MeterAnomalyFound',
        data: { sessionId, kind: 'rollback', measuredAt: at('10:10'), detail: '' },
      }),
    ).toEqual({ set: {}, doubt: 'rollback' });
  });

  it('has nothing to do with tokens that were only asked about', () =>
    expect(
      sessionChange({
        type: 'StartAccepted',
        data: { startId: '3f3c1d1e-6f0a-4a43-8b1c-7a1f5f2d9a01', at: at('10:00') },
      }),
    ).toBeUndefined());
});
