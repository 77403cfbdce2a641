/** What the page of commands says below the flags of each command. */
export const commandWords = {
  up: `Without \`-d\` it stays and shows what the containers write: Ctrl-C stops them, dependents first, and a second Ctrl-C ends the
command at once. With \`-d\` it returns when everything has been started; a service that others wait for has been waited for.
\`--wait\` waits for all of them: healthy where there is a health check, exited with 0 where a service is a job.

Exit codes: 0; 1 if something failed; 130 after Ctrl-C. With \`--abort-on-container-exit\` or \`--exit-code-from\` the code of the
container that decides; with \`--abort-on-container-failure\` the first code that is not 0.`,
  down: `Knows the order from the file, or from labels when it is only given a name (\`topsail -p NAME down\`). Nothing to remove is a
success.`,
  create: `Is \`up --no-start\`.`,
  start: `Starts what exists and creates nothing; conditions of \`depends_on\` hold as for \`up\`. A project without any container is a
failure.`,
  stop: `Services that depend on a named one run on.`,
  restart: `Conditions of \`depends_on\` hold as for \`up\`. A service that depends on a restarted one with \`restart: true\` is restarted
too.`,
  kill: `No running container is a success.`,
  rm: `Asks before anything happens, unless with \`-f\`. No stopped container is a success.`,
  pause: `A container that is paused already is a failure.`,
  unpause: `A container that is not paused is a failure.`,
  scale: `Does what \`up -d --scale\` does for these services and what they depend on.`,
  wait: `Prints one line a container. Exit code 1 if none of the services has a running container.`,
  build: `Builds with the BuildKit inside the engine: neither \`docker\` nor \`buildx\` is needed. Builds that take others as contexts
(\`additional_contexts: service:x\`) come after them, all others run side by side; services with one image share one build. The
log of the builds goes to stdout, everything else to stderr.

Exit codes: 0, also if there is nothing to build; 1 if a build failed. [Builds](builds.md) says more.`,
  pull: `Each image is pulled once, whoever uses it, however fresh the one on the engine is; \`pull_policy\` and \`--policy missing\`
leave out what is there. Exit codes: 0; 1 if an image could not be pulled, even if it can be built, unless with
\`--ignore-pull-failures\`.`,
  push: `Pushes the image and the further \`tags\` of every service with a \`build\`, with the logins of the Docker client's
configuration, and prints the digest that the registry gives.`,
  plan: `Exit codes: 0 if nothing is to be done, 2 if something is, 1 if the plan cannot be made. Steps that depend on what a pull
brings ("recreate web:1 if its image changes") and waits alone do not count. Values of environment variables are masked.`,
  graph: undefined,
  types: undefined,
  ps: `\`--usage\` reads processor time over a moment, memory without what the kernel would give back, and processes, each beside its
limit.`,
  ls: `Where there are [copies](instances.md), also of which project each is one, and where services are reached. With \`--format json\`
copies have the members Instance, InstanceOf and Endpoints.`,
  env: `For \`eval "$(topsail env)"\`: DB_HOST, DB_PORT_5432 for each published port, DB_PORT if there is one only, for each service; the
second replica is DB_2. TOPSAIL_PROJECT says whose they are, and means nothing to commands. JSON has the endpoints, and the same variables.`,
  prune: `[Leases](instances.md#leases) say what is held. Prints what went. Every command that uses the engine does the same, except that it leaves copies
alone whose holder left them there on purpose.`,
  logs: `Lines of all containers are in the order of time, with \`-f\` as far as they come within 200 ms. \`-f\` goes on over restarts and
recreates, with containers that appear later, until all have exited; a lost connection to the engine costs no line.

\`--format json\` writes an object a line with \`time\`, \`service\`, \`replica\`, \`container\`, \`stream\` (\`stdout\` or \`stderr\`) and \`text\`.`,
  images: undefined,
  volumes: undefined,
  port: `Exit code 1 if the container has no such port. An exposed port that is not published is shown as \`:0\`.`,
  top: undefined,
  stats: `Memory is without what the kernel would give back.`,
  events: `Events of one-off containers are left out. Ends at \`--until\`, else with Ctrl-C.`,
  exec: `On a terminal the command gets one too: keys go to it, \`ctrl-p,ctrl-q\` (or the \`detachKeys\` of the Docker client's
configuration) leave it running and end \`exec\` with 1. What is piped in arrives together with its end. The exit code is the command's;
126 and 127 if it cannot be run, 130 after Ctrl-C.`,
  run: `Dependencies are brought up first and waited for as \`up\` does; the containers of the service itself are left alone. Without a
command the service's own runs, without its ports, restarts and replicas. Keys, detaching and what is piped in are as with \`exec\`,
but detaching ends with 0. Signals go to the container, and the third Ctrl-C ends \`run\`. The exit code is the container's; 1 if it
cannot start.`,
  attach: `Keys, detaching and signals are as with \`run\`, but detaching ends with 1. A container whose input stays open for others
(\`stdin_open\`) is not told of the end of what is piped in. The exit code is the container's, or 130 after Ctrl-C.`,
  cp: `Without \`--index\` files go into every replica, and come out of the first one, whether it runs or not. \`folder/.\` is what is in
the folder; a source that begins with \`/\` or \`.\` is of this machine. Nothing is written outside of the destination, whatever the
container sends.`,
  export: `The file is complete or not there, and only its owner can read it.`,
  commit: undefined,
  config: `Values of the first of \`--services\`, \`--volumes\`, \`--networks\`, \`--models\`, \`--hash\`, \`--profiles\`, \`--images\`,
\`--variables\` and \`--environment\` that is given are printed instead of the project. A \`$\` is printed as \`$$\`, so that the output is a
compose file again.`,
  explain: `[Where a value comes from](explain.md) says what the words of the answer mean. \`config --provenance\` tells it of every
line at once.`,
  doctor: `Exit code 1 if no engine answers.`,
  version: `Called as \`docker-compose\` or \`docker compose\` it is the version of Docker Compose that Topsail stands in for, so that
scripts which ask for it go on.`,
  completion: `For bash \`eval "$(topsail completion bash)"\`, for zsh \`eval "$(topsail completion zsh)"\`, for fish
\`topsail completion fish | source\`, in the shell's start-up file.`,
  install: `The link is \`cli-plugins/docker-compose\` below \`DOCKER_CONFIG\` or \`~/.docker\`. A plugin that was there is kept beside it and
comes back with \`--undo\`. A link named \`docker-compose\` to the command anywhere in the search path works as well.`,
};
