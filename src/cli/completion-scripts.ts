/** Shells for which there is a script. */
export const completionShells = ['bash', 'zsh', 'fish'] as const;

/** One of {@link completionShells}. */
export type CompletionShell = (typeof completionShells)[number];

/** The script that teaches a shell to ask the program itself for what may come next. */
export function completionScript(shell: CompletionShell): string {
  return scripts[shell];
}

const bash = `# Completion of topsail for bash: eval "$(topsail completion bash)"
_topsail() {
  local answer directive
  local current="\${COMP_WORDS[COMP_CWORD]}"
  answer=$("\${COMP_WORDS[0]}" __completeNoDesc "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null) || return
  directive="\${answer##*:}"
  answer="\${answer%:*}"
  # Readline takes what is behind the last = or : for a word of its own.
  case "$current" in "=" | ":") current="" ;; esac
  mapfile -t COMPREPLY < <(compgen -W "$answer" -- "$current")
  case "\${COMPREPLY[0]}" in *= | *:) compopt -o nospace ;; esac
  if (((directive & 4) == 0)); then compopt -o default; fi
}
complete -F _topsail topsail
`;

const zsh = `#compdef topsail
# Completion of topsail for zsh: eval "$(topsail completion zsh)"
_topsail() {
  local -a lines found
  local line directive
  lines=("\${(@f)$("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  directive="\${lines[-1]#:}"
  lines[-1]=()
  for line in "\${lines[@]}"; do
    [[ -n "$line" ]] && found+=("\${\${line//:/\\\\:}/$'\\t'/:}")
  done
  _describe -V topsail found
  if (((directive & 4) == 0)); then _files; fi
}
compdef _topsail topsail
`;

const fish = `# Completion of topsail for fish: topsail completion fish | source
function __topsail_complete
  set -l words (commandline -opc)
  set -l lines ($words[1] __complete $words[2..-1] (commandline -ct) 2>/dev/null)
  for line in $lines[1..-2]
    echo $line
  end
  if test "$lines[-1]" = ":0"
    __fish_complete_path (commandline -ct)
  end
end
complete -c topsail -f -a '(__topsail_complete)'
`;

const scripts: { readonly [Shell in CompletionShell]: string } = { bash, zsh, fish };
