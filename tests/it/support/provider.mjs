// An OpenID Connect provider for the tests: the npm package `oidc-provider`, with its own sign-in and consent pages, on a
// free port of this machine. Prints its address, and ends with its standard input.
//
// Whoever signs in is what she types: "anna" has the verified address anna@exempel.se, "overifierad:anna" has the same
// one unverified, "bytt:anna" is another subject with it, and "utan" has none.
//
// `PUT /test/NAME` makes the next answers wrong in one way, as a broken or forged provider would; see `changes`.
import { createServer } from 'node:http';
import { SignJWT, decodeJwt, exportJWK, generateKeyPair, importJWK } from 'jose';
import Provider from 'oidc-provider';

const key = async (kid) => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    return { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' };
};
const publicHalf = ({ kty, n, e, kid, alg, use }) => ({ kty, n, e, kid, alg, use });
const ours = await key('first');
const rotated = await key('second');
const stranger = await key('first');
const clientId = 'dialog';
const clientSecret = 'provarens hemlighet';

const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
// By another name than the service has, so that the two are two sites for a browser.
const issuer = `http://localhost:${server.address().port}`;

const people = (login) => {
    const [way, name] = login.includes(':') ? login.split(':') : ['', login];
    if (name === 'utan') return {};
    return { email: `${name}@exempel.se`, email_verified: way !== 'overifierad' };
};

const provider = new Provider(issuer, {
    clients: [{
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: ['https://dialog.exempel.se/personal/logga-in/oidc/svar'],
    }],
    jwks: { keys: [ours] },
    claims: { openid: ['sub', 'acr', 'amr'], email: ['email', 'email_verified'] },
    acrValues: ['mfa'],
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
    // As the standard has it: the address comes from the userinfo endpoint.
    conformIdTokenClaims: true,
    findAccount: (ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...people(sub) }) }),
    ttl: { Session: 600, Grant: 600, Interaction: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
});

// The service's port is not known yet.
const answers = '/personal/logga-in/oidc/svar';
provider.Client.prototype.redirectUriAllowed = (address) => new URL(address).pathname === answers;

let change = 'none';
const now = () => Math.floor(Date.now() / 1000);
const signed = async (claims, by, header = {}) => {
    const protectedHeader = { alg: 'RS256', kid: by.kid, ...header };
    return new SignJWT(claims).setProtectedHeader(protectedHeader).sign(await importJWK(by, 'RS256'));
};
// What becomes of the ID token.
const changes = {
    mfa: (claims) => signed({ ...claims, amr: ['pwd', 'mfa'] }, ours),
    'mail-inside': (claims) => signed({ ...claims, email: 'anna@exempel.se', email_verified: true }, ours),
    issuer: (claims) => signed({ ...claims, iss: 'https://annan.exempel.se' }, ours),
    audience: (claims) => signed({ ...claims, aud: 'annan' }, ours),
    nonce: (claims) => signed({ ...claims, nonce: 'fel' }, ours),
    expired: (claims) => signed({ ...claims, exp: now() - 120 }, ours),
    stranger: (claims) => signed(claims, stranger),
    'unknown-key': (claims) => signed(claims, { ...stranger, kid: 'third' }),
    rotated: (claims) => signed(claims, rotated),
    hmac: async (claims) => new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(clientSecret)),
    unsigned: async (claims) => {
        const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
        return `${part({ alg: 'none' })}.${part(claims)}.`;
    },
};

provider.use(async (ctx, next) => {
    if (ctx.path.startsWith('/test/')) {
        change = ctx.path.slice('/test/'.length);
        ctx.status = 204;
        return;
    }
    if (change === 'moved' && ctx.path === '/.well-known/openid-configuration') {
        ctx.redirect('/elsewhere');
        return;
    }
    if (change === 'failing' && ctx.path === '/token') {
        ctx.status = 503;
        return;
    }
    await next();
    if (ctx.path === '/token' && ctx.body?.id_token && changes[change]) {
        ctx.body.id_token = await changes[change](decodeJwt(ctx.body.id_token));
    }
    if (ctx.path === '/token' && ctx.body?.id_token && change === 'no-token') {
        delete ctx.body.id_token;
    }
    if (ctx.path === '/jwks' && change === 'rotated') {
        ctx.body = { keys: [publicHalf(rotated)] };
    }
    if (ctx.path === '/me' && change === 'someone-else') {
        ctx.body = { ...ctx.body, sub: 'annan', email: 'anna@exempel.se', email_verified: true };
    }
    if (ctx.path === '/.well-known/openid-configuration' && change === 'renamed') {
        ctx.body = { ...ctx.body, issuer: 'https://annan.exempel.se' };
    }
    if (ctx.path === '/.well-known/openid-configuration' && change === 'large') {
        ctx.body = { ...ctx.body, padding: 'x'.repeat(1024 * 1024) };
    }
});

server.on('request', provider.callback());
process.stdin.on('end', () => process.exit(0)).resume();
console.log(`listening ${issuer}`);
