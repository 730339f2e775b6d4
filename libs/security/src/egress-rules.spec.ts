import { whyEgressRefused } from './egress-rules.ts';

const anywhere = { allowsPrivate: true };
const outside = { allowsPrivate: false };

test.each([
  '169.254.169.254',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::a9fe:a9fe',
  '::a9fe:a9fe',
  '::127.0.0.1',
  '2001:0:a9fe:a9fe::1',
  'fec0::1',
  'fd20:ce::254',
  '2002:a9fe:a9fe::1',
  '0.0.0.0',
  '::',
  'fe80::1',
  'fd00:ec2::254',
  '100.100.100.200',
  '192.0.0.192',
  '224.0.0.1',
  '255.255.255.255',
  'ff02::1',
  'localhost',
])('%s is called for nobody', (address) => {
  expect(whyEgressRefused(address, anywhere)).toBeDefined();
});

test.each([
  '127.0.0.1',
  '127.9.9.9',
  '::1',
  '::ffff:127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '198.18.0.1',
  'fd12::1',
])('%s is called only where private networks are allowed', (address) => {
  expect(whyEgressRefused(address, outside)).toMatch(/private network/);
  expect(whyEgressRefused(address, anywhere)).toBeUndefined();
});

test.each(['1.1.1.1', '172.32.0.1', '192.169.0.1', '2606:4700::1111', '169.253.0.1'])('%s is called', (address) => {
  expect(whyEgressRefused(address, outside)).toBeUndefined();
});
