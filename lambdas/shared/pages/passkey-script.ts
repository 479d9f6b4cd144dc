/**
 * The script of pages with passkeys. It shows the button where the browser knows passkeys, asks for one when it is
 * pressed, offers them in the field of the name where there is one (conditional mediation), puts the answer into the form
 * and sends it. A person who turns away is told nothing was done; whatever else is wrong, the server says. It is written
 * for the simplest of browsers: one that knows no passkeys must still be able to read it to its end (WEB7).
 */
export const passkeyScript = `
(()=>{
const d=document,P=window.PublicKeyCredential,c=navigator.credentials;
for(const s of d.querySelectorAll('[data-signal]')){const tell=P&&P[s.dataset.signal];
if(tell)tell.call(P,JSON.parse(s.dataset.said)).catch(()=>{})}
if(P&&P.parseCreationOptionsFromJSON)for(const n of d.querySelectorAll('[data-with-passkeys]'))n.hidden=false;
const b=d.querySelector('[data-passkey]');
if(!b||!c||!P||!P.parseRequestOptionsFromJSON||!P.parseCreationOptionsFromJSON)return;
const f=b.querySelector('form'),e=b.querySelector('.error'),o=JSON.parse(b.dataset.options),make=b.dataset.passkey==='create';
b.hidden=false;for(const n of d.querySelectorAll('.no-passkey'))n.hidden=true;
let stop;
const ask=more=>{
if(stop)stop.abort();const mine=stop=new AbortController(),signal=mine.signal;
const publicKey=make?P.parseCreationOptionsFromJSON(o):P.parseRequestOptionsFromJSON(o);
(make?c.create({publicKey,signal}):c.get(Object.assign({publicKey,signal},more))).then(k=>{
f.elements.credential.value=JSON.stringify(k.toJSON());HTMLFormElement.prototype.submit.call(f)}).catch(x=>{
if(x.name==='AbortError'||mine!==stop||more.mediation)return;
e.textContent=x.name==='InvalidStateError'&&make?b.dataset.known:b.dataset.failed;e.hidden=false;field()})};
const field=()=>{if(b.dataset.field&&P.isConditionalMediationAvailable)
P.isConditionalMediationAvailable().then(can=>{if(can)ask({mediation:'conditional'})})};
f.addEventListener('submit',s=>{s.preventDefault();e.hidden=true;ask({})});
field()
})()`
  .trim()
  .replaceAll('\n', '');
