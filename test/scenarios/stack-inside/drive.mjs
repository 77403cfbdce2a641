// Brings a stack up from inside a container that shares the engine's socket, and says what is reached of it.
import { up } from '/repository/dist/lib/testing/index.js';

const reach = async (service) => {
  let url;
  try {
    url = service.url(8080);
    return await (await fetch(url)).text();
  } catch (error) {
    return error.code ?? `${url}: ${error.cause?.message}`;
  }
};

const options = { timeout: 30_000 };
const stack = await up('/repository/test/scenarios/stack-inside/compose.yaml', options).catch((error) => {
  console.log(JSON.stringify({ failed: error.message }));
  process.exit(0);
});
const [web, local, apart] = ['web', 'local', 'apart'].map((name) => stack.service(name));
try {
  const found = { web: await reach(web), local: await reach(local), apart: await reach(apart) };
  console.log(JSON.stringify({ ...found, published: web.endpoint(8080).published }));
} finally {
  await stack.down();
}
