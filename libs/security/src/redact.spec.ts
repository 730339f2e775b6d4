import { redactValue } from './index.ts';

test('what secret keys hold is removed at every depth, and credentials in texts as well', () => {
  const value = {
    msg: 'GET https://me:hunter2@host/?code=hunter2',
    at: [{ apiKey: 'hunter2', headers: { Authorization: ['hunter2'] } }, 'Bearer hunter2', 7, null],
    kubeConfig: { users: ['hunter2'] },
  };
  const shown = redactValue(value);
  expect(JSON.stringify(shown)).not.toContain('hunter2');
  expect(shown).toMatchObject({
    msg: 'GET https://[REDACTED]@host/?code=[REDACTED]',
    at: [{ apiKey: '[REDACTED]' }, 'Bearer [REDACTED]', 7, null],
  });
});
