/**
 * The script of pages with passkeys. It shows the button where the browser knows passkeys, asks for one when it is
 * pressed, offers them in the field of the name where there is one (conditional mediation), puts the answer into the form
 * and sends it. A person who turns away is told nothing was done; whatever else is wrong, the server says.
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
const ask=async more=>{
if(stop)stop.abort();const mine=stop=new AbortController;
const publicKey=make?P.parseCreationOptionsFromJSON(o):P.parseRequestOptionsFromJSON(o);
try{
const k=await(make?c.create({publicKey,signal:mine.signal}):c.get({publicKey,signal:mine.signal,...more}));
f.elements.credential.value=JSON.stringify(k.toJSON());HTMLFormElement.prototype.submit.call(f)}
catch(x){if(x.name==='AbortError'||mine!==stop)return;
if(!more.mediation){e.textContent=x.name==='InvalidStateError'&&make?b.dataset.known:b.dataset.failed;e.hidden=false;field()}}};
const field=async()=>{if(b.dataset.field&&P.isConditionalMediationAvailable&&await P.isConditionalMediationAvailable())ask({mediation:'conditional'})};
f.addEventListener('submit',s=>{s.preventDefault();e.hidden=true;ask({})});
field()
})()`
  .trim()
  .replaceAll('\n', '');
