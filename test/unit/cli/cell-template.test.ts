import { expect, test } from 'vitest';
import { fillTemplate, templateHeader } from '../../../src/cli/cell-template.ts';

const ports = [
  { URL: '0.0.0.0', PublishedPort: 80 },
  { URL: '::', PublishedPort: 81 },
];
const cells = {
  Name: 'p-web-1',
  ExitCode: 0,
  State: 'running',
  Health: '',
  Publishers: ports,
  Label: (name: unknown) => (name === 'a.b' ? 'x' : ''),
};

test.each([
  ['{{.Name}}\\t{{ upper .State }} {{json .ExitCode}}', 'p-web-1\tRUNNING 0'],
  ['{{json .Publishers}}', JSON.stringify(ports)],
  ['{{.Publishers}}', '[{0.0.0.0 80} {:: 81}]'],
  ['{{range .Publishers}}{{.URL}}={{.PublishedPort}},{{else}}none{{end}}', '0.0.0.0=80,::=81,'],
  ['{{if eq .State "exited" "running"}}yes{{else}}no{{end}}', 'yes'],
  ['{{if .Health}}a{{else if .ExitCode}}b{{else}}c{{end}}', 'c'],
  ['{{with .Name}}<{{.}}>{{end}}{{with .Health}}never{{end}}', '<p-web-1>'],
  ['{{range .Publishers}}{{$.Name}} {{end}}', 'p-web-1 p-web-1 '],
  ['a {{- .State -}} b', 'arunningb'],
  ['{{.Name | upper | printf "%-10s|"}}', 'P-WEB-1   |'],
  ['{{printf "%5d%% %q %.2f %03d" 7 .State 1.5 7}}', '    7% "running" 1.50 007'],
  ['{{(index .Publishers 1).URL}} {{len .Publishers}}', ':: 2'],
  [
    '{{join (split .Name "-") "+"}} {{truncate .Name 3}} {{title .State}}{{pad .Name 1 2}}.',
    'p+web+1 p-w Running p-web-1  .',
  ],
  ['{{.Label "a.b"}}{{.Label "none"}}', 'x'],
  [
    '{{and .Name .State}} {{or .Health .Name}} {{not .Health}} {{lt 1 2}} {{ge .ExitCode 1}} {{ne 1 1}}',
    'running p-web-1 true true false false',
  ],
  ['{{/* nothing */}}{{`raw "x"`}}{{"q\\"\\t"}}', 'raw "x"q"\t'],
])('%s', (template, text) => {
  expect(fillTemplate(template, cells)).toBe(text);
});

test.each([
  ['{{.Nome}}', 'there is no "Nome" to show'],
  ['{{nome .Name}}', 'there is no function "nome"'],
  ['{{.Name', '{{ without }} in "{{.Name"'],
  ['{{if .Name}}x', '{{if}} has no {{end}}'],
  ['x{{end}}', 'unexpected {{end}}'],
  ['{{(.Name}}', '{{(.Name}} lacks a )'],
  ['{{.Name)}}', '{{.Name)}} has one ) too many'],
  ['{{.Name | }}', '{{.Name |}} says nothing to show'],
  ['{{.Name "x"}}', 'p-web-1 takes no argument'],
  ['{{#}}', '{{#}} is not understood at #'],
  ['{{.constructor}}', 'there is no "constructor" to show'],
  ['{{constructor}}', 'there is no function "constructor"'],
  ['{{index .Publishers 7}}', 'there is no item 7'],
])('%s is refused', (template, message) => {
  expect(() => fillTemplate(template, cells)).toThrow(`template parsing error: ${message}`);
});

test('headers are the names in capitals or as they are told, whatever is done to the cells', () => {
  const names = Object.keys(cells);
  const header = templateHeader(
    '{{.Name}}\\t{{json .ExitCode}}\\t{{lower .State}}\\t{{.Label "com.my-label"}}',
    names,
    {
      ExitCode: 'EXIT CODE',
    },
  );
  expect(header).toBe('NAME\tEXIT CODE\tSTATE\tmy label');
});
