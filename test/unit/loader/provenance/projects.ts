import { formProjects } from './form-projects.ts';
import type { MergedProject } from './merged-project.ts';

/** Projects in which values meet from everywhere, by what is special about each. */
export const mergedProjects: Readonly<Record<string, MergedProject>> = {
  'scalars of two files': {
    files: {
      'compose.yaml': `services:
  web:
    image: nginx:1.25
    user: "1000"
    hostname: front
    privileged: false
    cpus: 0.5
    mem_limit: 64m
    stop_grace_period: 1m30s
    scale: 2
    init: true
`,
      'compose.override.yaml': `services:
  web:
    image: nginx:1.27
    privileged: true
    cpus: "1.5"
    stop_grace_period: 20s
    scale: 3
    working_dir: /app
`,
    },
  },
  'environment in three forms and three files': {
    files: {
      'a.yaml': `services:
  web:
    image: x
    environment:
      PLAIN: a
      NUMBER: 12
      FLAG: true
      SHARED: from a
`,
      'b.yaml': `services:
  web:
    environment:
      - PLAIN=b
      - EMPTY=
      - "QUOTED=with space"
      - SHARED=from b
`,
      'c.yaml': `services:
  web:
    environment: {SHARED: from c, FLOAT: 1.50, 'single': 'it''s'}
    labels: [k=v, "com.example.team=red"]
  other:
    image: y
    labels: {com.example.team: blue}
`,
    },
    request: { files: ['a.yaml', 'b.yaml', 'c.yaml'] },
  },
  'several documents in one file': {
    files: {
      'compose.yaml': `name: docs
services:
  web:
    image: x:1
    command: [serve, --port, "80"]
---
services:
  web:
    image: x:2
    command: [serve, --fast]
    healthcheck: {test: [CMD, "true"], interval: 10s, retries: 2}
---
services:
  web:
    healthcheck: {interval: 5s}
`,
    },
  },
  'a chain of extends in one file': {
    files: {
      'compose.yaml': `services:
  grand:
    image: grand:1
    user: app
    environment: {LEVEL: grand, ONLY_GRAND: "1", TWICE: g}
    cap_add: [SYS_TIME]
  base:
    extends: grand
    environment: {LEVEL: base, TWICE: b}
    labels: {tier: base}
  web:
    extends: {service: base}
    environment: {LEVEL: web}
    cap_add: [NET_ADMIN]
    labels: {tier: web}
`,
    },
  },
  'extends from another folder': {
    files: {
      'compose.yaml': `services:
  web:
    extends: {file: common/services.yaml, service: base}
    image: mine
    build: {args: {MODE: own}}
`,
      'common/services.yaml': `services:
  base:
    extends: {file: deep/roots.yaml, service: root}
    build:
      context: ./src
      args: {MODE: common, CACHE: "on"}
    volumes: ["./data:/data:ro"]
`,
      'common/deep/roots.yaml': `services:
  root:
    image: root
    working_dir: /srv
    sysctls: [net.core.somaxconn=1024]
`,
    },
  },
  'an extended service that a later file changes': {
    files: {
      'compose.yaml': `services:
  base: {image: "b:1", environment: {A: base, B: base}}
  web: {extends: base, environment: {A: web}}
`,
      'compose.override.yaml': `services:
  base: {environment: {B: late}}
  web: {environment: {B: later}, image: "w:2"}
`,
    },
  },
  'an included project with an environment of its own': {
    files: {
      'compose.yaml': `include:
  - path: [db/compose.yaml, db/more.yaml]
    env_file: db/settings.env
  - cache/compose.yaml
services:
  web:
    image: "web:\${TAG}"
    depends_on: [db]
`,
      '.env': 'TAG=outer\n',
      'db/compose.yaml': `services:
  db:
    image: "postgres:\${PG}"
    environment: {POSTGRES_USER: "\${USER_NAME:-nobody}", TAG: "\${TAG}"}
    volumes: [data:/var/lib/postgresql]
volumes:
  data: {driver_opts: {size: big}}
`,
      'db/more.yaml': 'services: {db: {environment: {MORE: "yes"}}}\n',
      'db/settings.env': 'PG=16\nTAG=inner\nUSER_NAME=app_${PG}\n',
      'cache/compose.yaml':
        'services: {cache: {image: "redis:${REDIS}", networks: [fast]}}\nnetworks: {fast: {internal: true}}\n',
      'cache/.env': "REDIS='7'\n",
    },
  },
  'env files below environment': {
    files: {
      'compose.yaml': `services:
  web:
    image: x
    env_file:
      - first.env
      - path: second.env
      - {path: raw.env, format: raw}
      - {path: missing.env, required: false}
    environment:
      WINS: attribute
      ONLY: here
`,
      'first.env': 'WINS=first\nTWICE=first\nQUOTED="with \\"quotes\\""\n# comment\nexport EXPORTED=1\n',
      'second.env': 'TWICE=second\nMADE=${TWICE}-${ONLY}\nOUTER=${OUTSIDE:-nothing}\n',
      'raw.env': 'RAW=$TWICE "as is"\n',
    },
    request: { environment: { OUTSIDE: 'given' } },
  },
  'label files below labels': {
    files: {
      'compose.yaml': `services:
  web:
    image: x
    label_file: [one.labels, two.labels]
    labels: {tier: attribute}
`,
      'one.labels': 'tier=one\nteam=red\n',
      'two.labels': 'team=blue\npair=${team}-x\n',
    },
  },
  'every operator of interpolation': {
    files: {
      'compose.yaml': `services:
  web:
    image: "app:\${TAG}"
    hostname: \${HOST_NAME:-fallback}
    domainname: \${UNSET-other}
    user: \${EMPTY:-nobody}
    working_dir: /srv/\${SET:+present}
    container_name: \${SET?needed}-\${TAG:?needed}
    environment:
      NESTED: \${UNSET:-\${ALSO_UNSET:-\${TAG}}}
      DOLLAR: $$TAG
      BOTH: $TAG/$SET
    scale: \${COUNT:-2}
    read_only: \${READ_ONLY}
    cpus: \${CPUS}
    ports:
      - "\${PORT}:80"
      - target: \${TARGET:-90}
        published: "\${PORT}1"
`,
      '.env': 'TAG=1.0\nHOST_NAME=front\nEMPTY=\nPORT=8080\nREAD_ONLY=true\nCPUS=0.5\n',
    },
    request: { environment: { SET: 'set' } },
  },
  'variables made from variables': {
    files: {
      'compose.yaml': `services:
  web:
    image: \${IMAGE}
    environment: {URL: "\${URL}", LEVEL: "\${LEVEL}", HOME_OF: "\${HOMEDIR}"}
`,
      'base.env': 'REGISTRY=local\nNAME=app\nLEVEL=base\n',
      'more.env': 'IMAGE=${REGISTRY}/${NAME}:1\nURL="http://${REGISTRY}"\nLEVEL=more\nHOMEDIR\n',
    },
    request: { environmentFiles: ['base.env', 'more.env'], environment: { NAME: 'process', HOMEDIR: '/h' } },
  },
  'names without value': {
    files: {
      'compose.yaml': `services:
  list: {image: x, environment: [GIVEN, NOWHERE, FROM_FILE]}
  mapping:
    image: x
    environment:
      GIVEN:
      FROM_FILE:
    build: {context: ., args: [GIVEN, "OWN=1"]}
`,
      '.env': 'FROM_FILE=file\nGIVEN=loses\n',
    },
    request: { environment: { GIVEN: 'process' } },
  },
  'anchors and merge keys': {
    files: {
      'compose.yaml': `x-common: &common
  restart: always
  environment: &environment {SHARED: "1", LEVEL: common}
  logging: {driver: json-file, options: {max-size: 10m}}
services:
  one:
    <<: *common
    image: &image one:1
  two:
    <<: *common
    image: *image
    environment:
      <<: *environment
      LEVEL: two
`,
      'compose.override.yaml': 'services: {one: {environment: {LEVEL: override}}}\n',
    },
  },
  ...formProjects,
};
