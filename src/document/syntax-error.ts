import type { ErrorCode } from 'yaml';

/** A syntax error in our words. */
export interface SyntaxProblem {
  readonly problem: string;
  readonly hint?: string;
}

const interpolation = /\$\{[^}\n]*\}?/;

/** The line of a text around an offset. */
function lineAround(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end === -1 ? text.length : end);
}

function describeStart(text: string, offset: number): SyntaxProblem {
  const found = text.charAt(offset);
  return {
    problem: `found character that cannot start any token: '${found}'`,
    hint: `quote the value if it begins with '${found}'`,
  };
}

function describeMissing(message: string, text: string, offset: number): SyntaxProblem {
  if (message.includes('quote')) {
    const quote = message.includes("'quote") ? "'" : '"';
    return {
      problem: `found unexpected end of stream: a quoted value is not closed`,
      hint: `close it with ${quote} on the line where it ends`,
    };
  }
  if (message.includes('need to be followed by map values')) {
    return {
      problem: "could not find expected ':' after this key",
      hint: `write "${lineAround(text, offset).trim()}:" if it is a key; otherwise check the indentation`,
    };
  }
  if (message.startsWith('Comments')) {
    return { problem: "a comment needs a blank before '#'", hint: "put a blank before '#', or quote the value" };
  }
  return { problem: message };
}

function describeUnexpected(message: string, text: string, offset: number): SyntaxProblem {
  if (interpolation.test(lineAround(text, offset)) && message.includes('flow-map')) {
    return {
      problem: "did not find expected ',' or '}': a variable needs quotes inside { } or [ ]",
      hint: 'quote it: "${NAME}"',
    };
  }
  if (message.includes('at node end')) {
    return {
      problem: 'did not find expected key: there is more text after the value has ended',
      hint: 'quote the whole value if this text belongs to it',
    };
  }
  const stray = text.charAt(offset);
  return { problem: `did not find expected node content: '${stray}' is not expected here` };
}

/**
 * Words for a syntax error of `yaml`. They keep what go-yaml says (spec-facts 32.2), so that a reader who searches for
 * the text finds it, and add what to do.
 */
export function describeSyntaxError(code: ErrorCode, message: string, text: string, offset: number): SyntaxProblem {
  switch (code) {
    case 'TAB_AS_INDENT':
      return {
        problem: 'found character that cannot start any token: a tab is used as indentation',
        hint: 'indent with blanks; YAML allows no tabs there',
      };
    case 'BAD_SCALAR_START':
      return describeStart(text, offset);
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        problem: 'mapping values are not allowed in this context',
        hint: "quote the value if it contains ': ', or put the nested mapping on lines of its own",
      };
    case 'MULTILINE_IMPLICIT_KEY':
      return {
        problem: "mapping values are not allowed in this context: could not find expected ':' on the first line",
        hint: "check the indentation here and for a missing blank after ':' above",
      };
    case 'BAD_INDENT':
      return {
        problem: 'did not find expected key: the indentation fits no line above',
        hint: 'members of one mapping start in the same column',
      };
    case 'MISSING_CHAR':
      return describeMissing(message, text, offset);
    case 'UNEXPECTED_TOKEN':
      return describeUnexpected(message, text, offset);
    case 'BAD_DQ_ESCAPE':
      return {
        problem: `found unknown escape character: ${message.replace('Invalid escape sequence ', '')}`,
        hint: 'use single quotes to keep a backslash as it is, or double it',
      };
    case 'TAG_RESOLVE_FAILED':
      return { problem: `found undefined tag handle: ${message.replace('Could not resolve tag: ', '')}` };
    default:
      return { problem: `${message.charAt(0).toLowerCase()}${message.slice(1)}` };
  }
}
