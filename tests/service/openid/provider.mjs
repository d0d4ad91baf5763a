// A provider of OpenID Connect on a port of this machine, for one test. It signs in whoever its own pages are told to,
// knows what the test says of them, and ends with its standard input.
//
// Usage: provider.mjs <folder with node_modules> <what it knows, as JSON: redirect, accounts, tells_in_token>

import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, text] = process.argv.slice(2);
const { redirect, accounts, tells_in_token } = JSON.parse(text);
const require = createRequire(path.join(folder, 'package.json'));
const { default: Provider } = await import(pathToFileURL(require.resolve('oidc-provider')));

const server = http.createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

const client = (name) => ({
  client_id: name,
  client_secret: `${name}-secret`,
  redirect_uris: [redirect],
});

const provider = new Provider(issuer, {
  clients: ['needmatch', 'other'].map(client),
  // Providers differ in where they tell addresses: in the token, or only to who asks `userinfo`.
  conformIdTokenClaims: !tells_in_token,
  claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'] },
  pkce: { required: () => true },
  cookies: { keys: ['of the test'] },
  findAccount: (context, sub) => ({ accountId: sub, claims: () => ({ sub, ...accounts[sub] }) }),
});

// How somebody came in is said where the interaction ends.
const finish = provider.interactionFinished.bind(provider);
provider.interactionFinished = (request, response, result, options) => {
  const amr = accounts[result.login?.accountId]?.amr;
  return finish(request, response, amr ? { ...result, login: { ...result.login, amr } } : result, options);
};

server.on('request', provider.callback());
process.stdin.resume().on('end', () => process.exit(0));
console.log(issuer);
// Nobody reads on, and whoever writes to nobody is ended.
console.log = console.info = console.error;
