/** `ISSUER=https://id.example.com CLIENT_ID=shop PORT=3000 node examples/web-app/main.ts` */
import { startWebApp } from './web-app.ts';

const { ISSUER = 'http://localhost:8787', CLIENT_ID = 'northwind-web', PORT = '3000' } = process.env;
await startWebApp({ issuer: ISSUER, clientId: CLIENT_ID, port: Number(PORT) });
console.log(`http://localhost:${PORT}`);
