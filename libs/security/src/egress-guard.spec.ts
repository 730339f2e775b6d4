import { requireEgressOf } from './egress.ts';

const outside = { allowsPrivate: false };
const anywhere = { allowsPrivate: true };

test.each([
  ['http://127.0.0.1:9090', outside, 'MESHERY_EGRESS_PRIVATE=true'],
  ['http://[fd12::1]', outside, 'MESHERY_EGRESS_PRIVATE=true'],
  ['http://169.254.169.254', outside, 'no setting'],
  ['http://169.254.169.254', anywhere, 'no setting'],
])('%s is refused with a remedy that helps', (url, rule, remedy) => {
  expect(() => {
    requireEgressOf(url, rule);
  }).toThrow(
    expect.objectContaining({ code: 'meshery-connection-1704', remedy: expect.stringContaining(remedy) as string }),
  );
});

test('a name is looked at when it is dialled, and what may be called is called', () => {
  expect(() => {
    requireEgressOf('http://localhost', outside);
    requireEgressOf('http://127.0.0.1', anywhere);
  }).not.toThrow();
});
