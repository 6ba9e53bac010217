import { type PartnerEvent } from '@voltledger/contracts';
import { type PartnerId, instant } from '@voltledger/kernel';
import { given } from '@voltledger/testing';
import { type Agreement, partner } from './partner';

const partnerId = 'nl-tnm' as PartnerId;
const at = instant('2026-03-05T11:00:00Z');
const asked = { partnerId, at };
const added: PartnerEvent = { type: 'PartnerAdded', data: { ...asked, name: 'TNM', hosts: [] } };
const invited: PartnerEvent = { type: 'PartnerInvited', data: { ...asked, credentialsId: 'A' } };
const started: PartnerEvent = {
  type: 'RegistrationStarted',
  data: { ...asked, credentialsId: 'B', versionsUrl: 'https://tnm.example/versions' },
};
const agreement = (shown: string, credentialsId: string): Agreement => ({
  shown,
  credentialsId,
  version: '2.2.1',
  versionsUrl: 'https://tnm.example/versions',
  roles: [{ role: 'EMSP', countryCode: 'NL', partyId: 'TNM', name: 'TNM' }],
  endpoints: [{ module: 'cdrs', role: 'RECEIVER', url: 'https://tnm.example/cdrs' }],
});
const agreed = (credentialsId: string) => {
  const { shown: _shown, ...rest } = agreement('', credentialsId);
  return { ...rest, ...asked };
};
const registered: PartnerEvent = {
  type: 'PartnerRegistered',
  data: { ...agreed('C'), startedBy: 'partner' },
};
const suspended: PartnerEvent = {
  type: 'PartnerSuspended',
  data: { ...asked, by: 'ops', reason: 'unpaid' },
};

describe('a partner', () => {
  it('is added once', () =>
    given(partner, added)
      .when({ ...asked, type: 'Add', name: 'again', hosts: [] })
      .thenRefused('PARTNER_EXISTS'));

  it('registers with the token it was invited with (OCPI-CRE-02)', () =>
    given(partner, added, invited)
      .when({ ...asked, type: 'Register', startedBy: 'partner', agreement: agreement('A', 'C') })
      .then(registered));

  it('cannot register twice (OCPI-CRE-05)', () =>
    given(partner, added, invited, registered)
      .when({ ...asked, type: 'Register', startedBy: 'partner', agreement: agreement('C', 'D') })
      .thenRefused('PARTNER_REGISTERED'));

  it('cannot renew what it never had (OCPI-CRE-06)', () =>
    given(partner, added, invited)
      .when({ ...asked, type: 'Renew', agreement: agreement('A', 'C') })
      .thenRefused('PARTNER_NOT_REGISTERED'));

  it('renews with its current credentials (OCPI-CRE-08)', () =>
    given(partner, added, invited, registered)
      .when({ ...asked, type: 'Renew', agreement: agreement('C', 'D') })
      .then({ type: 'CredentialsRenewed', data: agreed('D') }));

  it('of two renewals at a time, lets the second find its credentials replaced (OCPI-CRE-25)', () =>
    given(partner, added, invited, registered, { type: 'CredentialsRenewed', data: agreed('D') })
      .when({ ...asked, type: 'Renew', agreement: agreement('C', 'E') })
      .thenRefused('CREDENTIALS_REPLACED'));

  it('is registered by us with the credentials we offered', () =>
    given(partner, added, started)
      .when({ ...asked, type: 'Register', startedBy: 'us', agreement: agreement('B', 'C') })
      .then({ type: 'PartnerRegistered', data: { ...agreed('C'), startedBy: 'us' } }));

  it('keeps nothing of a failed registration (OCPI-CRE-09)', () =>
    given(partner, added, started)
      .when({ ...asked, type: 'FailRegistration', shown: 'B', code: '3001', detail: 'no answer' })
      .then({ type: 'RegistrationFailed', data: { ...asked, code: '3001', detail: 'no answer' } }));

  it('ignores the failure of an attempt that was overtaken', () =>
    given(partner, added, started, invited)
      .when({ ...asked, type: 'FailRegistration', shown: 'B', code: '3001', detail: 'no answer' })
      .thenNothing());

  it('keeps its credentials through a suspension', () =>
    given(partner, added, invited, registered, suspended, {
      type: 'PartnerResumed',
      data: { ...asked, by: 'ops' },
    })
      .when({ ...asked, type: 'Renew', agreement: agreement('C', 'D') })
      .then({ type: 'CredentialsRenewed', data: agreed('D') }));

  it('is invited again only after it was unregistered', () => {
    given(partner, added, invited, registered)
      .when({ ...asked, type: 'Invite', credentialsId: 'Z' })
      .thenRefused('PARTNER_REGISTERED');
    given(partner, added, invited, registered, {
      type: 'PartnerUnregistered',
      data: { ...asked, by: 'partner' },
    })
      .when({ ...asked, type: 'Invite', credentialsId: 'Z' })
      .then({ type: 'PartnerInvited', data: { ...asked, credentialsId: 'Z' } });
  });

  it('is deleted only when nothing connects us any more', () =>
    given(partner, added, invited, registered, suspended)
      .when({ ...asked, type: 'Delete', by: 'ops' })
      .thenRefused('PARTNER_REGISTERED'));
});
