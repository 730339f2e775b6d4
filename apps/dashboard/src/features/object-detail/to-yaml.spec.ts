import { parse } from 'yaml';
import { parseLossless } from './lossless-json.ts';
import { toYaml } from './to-yaml.ts';

function yamlOf(json: string): string {
  return toYaml(parseLossless(json));
}

describe('YAML of an object', () => {
  it.each([
    '9007199254740993',
    '18446744073709551615',
    '-12345678901234567890',
    '1.10',
    '0.1234567890123456789',
    '1e400',
  ])('keeps %s digit for digit', (digits) => {
    expect(yamlOf(`{"number":${digits}}`)).toBe(`number: ${digits}\n`);
  });

  it('keeps keys in their order, those named like object parts too', () => {
    expect(yamlOf('{"b":1,"__proto__":{"x":1},"constructor":"c","a":2}')).toBe(
      'b: 1\n__proto__:\n  x: 1\nconstructor: c\na: 2\n',
    );
  });

  it('quotes what would be read as something else', () => {
    const text = yamlOf('{"a":"yes","b":"1.0","c":"null","d":"on","e":"0x1F","f":"1:20"}');
    expect(parse(text, { version: '1.1' })).toEqual({ a: 'yes', b: '1.0', c: 'null', d: 'on', e: '0x1F', f: '1:20' });
    expect(text).toContain('"yes"');
  });

  it('writes texts of many lines as blocks', () => {
    expect(yamlOf('{"script":"one\\ntwo\\n"}')).toBe('script: |\n  one\n  two\n');
  });

  it('does not fold long lines', () => {
    const long = 'word '.repeat(60).trim();
    expect(yamlOf(JSON.stringify({ long }))).toBe(`long: ${long}\n`);
  });

  it('says so when the text is no JSON', () => {
    expect(() => parseLossless('{')).toThrow(SyntaxError);
  });
});
