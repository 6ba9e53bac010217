import { type PartnerEvent } from '@voltledger/contracts';
import { type PartnerId, instant } from '@voltledger/kernel';
import { type Partner, endpointOf, isHostOf, partner } from './partner';

const asked = { partnerId: 'nl-tnm' as PartnerId, at: instant('2026-03-05T11:00:00Z') };
const added: PartnerEvent = {
  type: 'PartnerAdded',
  data: { ...asked, name: 'TNM', hosts: ['callbacks.tnm.example:8443'] },
};
const registered: PartnerEvent = {
  type: 'PartnerRegistered',
  data: {
    ...{ ...asked, startedBy: 'partner', credentialsId: 'C', version: '2.2.1' },
    versionsUrl: 'https://tnm.example/versions',
    roles: [{ role: 'EMSP', countryCode: 'NL', partyId: 'TNM', name: 'TNM' }],
    endpoints: [{ module: 'cdrs', role: 'RECEIVER', url: 'https://api.tnm.example/cdrs' }],
  },
};
const by = { ...asked, by: 'ops' };

const told = (...events: PartnerEvent[]) =>
  events.reduce<Partner | undefined>((row, event) => partner(row, { event }), undefined)!;

it('is known by what was agreed', () => {
  const row = told(added, registered);
  expect(row).toMatchObject({ status: 'registered', version: '2.2.1', credentialsId: 'C' });
  expect(endpointOf(row, 'cdrs', 'RECEIVER')).toBe('https://api.tnm.example/cdrs');
  expect(endpointOf(row, 'cdrs', 'SENDER')).toBeUndefined();
});

it('keeps what was agreed while it is suspended, and nothing after it left', () => {
  const suspended = told(added, registered, {
    type: 'PartnerSuspended',
    data: { ...by, reason: 'unpaid' },
  });
  expect(suspended).toMatchObject({ status: 'suspended', credentialsId: 'C' });
  expect(told(added, registered, { type: 'PartnerUnregistered', data: by })).toMatchObject({
    status: 'unregistered',
    credentialsId: undefined,
    endpoints: [],
  });
});

it('says why a registration failed', () =>
  expect(
    told(
      added,
      {
        type: 'RegistrationStarted',
        data: { ...asked, credentialsId: 'B', versionsUrl: 'https://tnm.example/versions' },
      },
      { type: 'RegistrationFailed', data: { ...asked, code: 'VERSION_NOT_OFFERED', detail: 'no' } },
    ),
  ).toMatchObject({ status: 'added', failure: { code: 'VERSION_NOT_OFFERED', detail: 'no' } }));

it.each([
  ['https://tnm.example/result/1', true],
  ['https://api.tnm.example/result/1', true],
  ['https://callbacks.tnm.example:8443/result', true],
  ['https://callbacks.tnm.example/result', false],
  ['https://evil.example/result', false],
  ['http://169.254.169.254/latest', false],
])('may be answered at %s: %s (OCPI-CMD-24)', (address, allowed) =>
  expect(isHostOf(told(added, registered), address)).toBe(allowed),
);
