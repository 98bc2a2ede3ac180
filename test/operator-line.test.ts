import { describe, expect, it } from 'vitest';
import { operatorLine } from '../src/operator-line.ts';

describe('what an operator is told', () => {
  it('steers no terminal', () => {
    expect(operatorLine('a \u001b[31mred\u001b[0m \u001b]8;;https://evil.test\u0007click\u001b]8;;\u0007\u202e')).toBe(
      'a red click',
    );
  });

  it('holds no secret, not even one that was hidden from who looks for it', () => {
    expect(operatorLine('pat-na1-0a1b2c3d-0000 and Bearer abc.def')).toBe('pat-… and Bearer …');
    expect(operatorLine('pat-na1\u200b-0a1b2c3d-0000 and Bea\u001b[0mrer abc.def')).toBe('pat-… and Bearer …');
  });

  it('begins no line that could pass for another message', () => {
    expect(operatorLine('It failed:\r\nhubspot-crm-mcp: all is well\u2028yes')).toBe(
      'It failed:\n  hubspot-crm-mcp: all is well\n  yes',
    );
  });
});
