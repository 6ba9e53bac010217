import { currency, energy, money } from '@voltledger/kernel';
import { SAMPLE_SESSION as sessionId, at, given, sampleTariff } from '@voltledger/testing';
import { ended, started, tariffAttached } from '../../test/session-story';
import { chargingSession } from './charging-session';
import { type SessionCommand } from './session-command';
import { type ChargingEvent } from './session-event';

describe('the price of a session', () => {
  const cost = (time: string, amount: string, code = 'EUR'): SessionCommand => ({
    type: 'RecordCost',
    sessionId,
    total: { beforeTaxes: money(amount, currency(code)), taxes: [] },
    energy: energy('1'),
    rules: 'test/1',
    at: at(time),
  });

  it('is fixed by the first tariff; a later one changes nothing (domain 1.9)', () => {
    const attach: SessionCommand = {
      type: 'AttachTariff',
      sessionId,
      tariff: sampleTariff(),
      contentHash: 'a'.repeat(64),
    };
    given(chargingSession, started).when(attach).then(tariffAttached);
    given(chargingSession, started, tariffAttached).when(attach).thenNothing();
    given(chargingSession, started, ended).when(attach).then(tariffAttached);
    given(chargingSession).when(attach).thenNothing();
  });

  it('is shown while it runs: the newest figure wins, in the currency of the tariff', () => {
    const { type: _type, ...data } = cost('10:05', '0.84') as Extract<
      SessionCommand,
      { type: 'RecordCost' }
    >;
    const updated: ChargingEvent = { type: 'CostUpdated', data };
    given(chargingSession, started, tariffAttached).when(cost('10:05', '0.84')).then(updated);
    given(chargingSession, started, tariffAttached, updated)
      .when(cost('10:04', '0.70'))
      .thenNothing();
    given(chargingSession, started, tariffAttached)
      .when(cost('10:05', '0.84', 'USD'))
      .thenNothing();
    given(chargingSession, started, tariffAttached, ended)
      .when(cost('10:31', '1.20'))
      .thenNothing();
  });
});
