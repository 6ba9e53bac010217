import { guardedLookup, outboundUrl, outboundUrlSyntax } from './outbound-url';
import { reachOf } from './private-address';

const strict = { allowPrivate: false };
const nextDoor = { allowPrivate: true };
const ruleOf = (text: string, policy = strict) => {
  try {
    outboundUrlSyntax(text, policy);
    return undefined;
  } catch (error) {
    return (error as { facts?: { rule?: string } }).facts?.rule;
  }
};

describe('a URL somebody gave us', () => {
  it.each([
    'https://partner.example/ocpi/versions',
    'http://203.0.114.7:8080/',
    'https://[2606:4700::1]/',
  ])('may be %s', (text) => {
    expect(outboundUrlSyntax(text, strict).href).toBe(text);
  });

  it.each([
    ['nonsense', 'it is no URL'],
    ['ftp://partner.example/', 'the scheme must be http or https'],
    ['file:///etc/passwd', 'the scheme must be http or https'],
    ['https://user:pw@partner.example/', 'it may not contain a user or password'],
    ['http://127.0.0.1/', 'the address is of a private network'],
    ['http://2130706433/', 'the address is of a private network'],
    ['http://0x7f.1/', 'the address is of a private network'],
    ['http://[::1]/', 'the address is of a private network'],
    ['http://[::ffff:10.0.0.1]/', 'the address is of a private network'],
    ['http://192.168.1.1/', 'the address is of a private network'],
    ['http://169.254.169.254/latest/meta-data', 'the address is reserved or link-local'],
    ['http://[::ffff:169.254.169.254]/', 'the address is reserved or link-local'],
    ['http://[64:ff9b::7f00:1]/', 'the address is reserved or link-local'],
    ['http://[fe80::1]/', 'the address is reserved or link-local'],
    ['http://0.0.0.0/', 'the address is reserved or link-local'],
  ])('may not be %s: %s', (text, rule) => {
    expect(ruleOf(text)).toBe(rule);
  });

  it('may be next door where that is wanted, but never the metadata service', () => {
    expect(ruleOf('http://127.0.0.1:9000/', nextDoor)).toBeUndefined();
    expect(ruleOf('http://169.254.169.254/', nextDoor)).toBe(
      'the address is reserved or link-local',
    );
  });

  it('is refused without what may be secret in it', () => {
    expect(() => outboundUrlSyntax('http://10.0.0.1/x?token=abc', strict)).toThrow(
      expect.objectContaining({
        facts: expect.objectContaining({ url: 'http://10.0.0.1/x' }) as object,
      }),
    );
  });

  it('is refused when its name leads to our own machine', async () => {
    await expect(outboundUrl('http://localhost:1/', strict)).rejects.toThrow('private network');
    await expect(outboundUrl('http://localhost:1/', nextDoor)).resolves.toBeInstanceOf(URL);
  });

  it('is checked again when the connection is made: a name may change its address', async () => {
    const error = await new Promise((resolve) => {
      guardedLookup(strict)('localhost', { all: true }, resolve);
    });
    expect(error).toMatchObject({ code: 'OUTBOUND_URL_REFUSED' });
  });
});

describe('the reach of an address', () => {
  it.each([
    ['8.8.8.8', 'public'],
    ['172.15.255.255', 'public'],
    ['172.31.0.1', 'private'],
    ['fd12::1', 'private'],
    ['224.0.0.1', 'never'],
  ] as const)('%s is %s', (address, reach) => {
    expect(reachOf(address)).toBe(reach);
  });
});
