/**
 * A certificate that nobody trusts, for api.example.test and 127.0.0.1, until 2126. Made with
 * openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500
 * -addext "subjectAltName=DNS:api.example.test,IP:127.0.0.1"; its key protects nothing.
 */
export const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgrsKzvffJssPI0lEd
J8+hKMWwiH/H9kEP17dkNqqT86GhRANCAAR6OQsKm2f9Ge68nW7ivQ97xuCFbYqR
qfTZJCwarwvc6oqSkpJbiSqcYR92SNoNlDx0xe1GANd5HQxZfXF/3bik
-----END PRIVATE KEY-----`;

export const cert = `-----BEGIN CERTIFICATE-----
MIIBsTCCAVagAwIBAgIULPIuV6I2iHoEnIWwWV/Dc9geNt0wCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQYXBpLmV4YW1wbGUudGVzdDAgFw0yNjExMjAxMzI5NTZaGA8y
MTI2MTAyNzEzMjk1NlowGzEZMBcGA1UEAwwQYXBpLmV4YW1wbGUudGVzdDBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABHo5CwqbZ/0Z7rydbuK9D3vG4IVtipGp9Nkk
LBqvC9zqipKSkluJKpxhH3ZI2g2UPHTF7UYA13kdDFl9cX/duKSjdjB0MB0GA1Ud
DgQWBBRvpfc863jif33nJBuCrYvy79jtbzAfBgNVHSMEGDAWgBRvpfc863jif33n
JBuCrYvy79jtbzAPBgNVHRMBAf8EBTADAQH/MCEGA1UdEQQaMBiCEGFwaS5leGFt
cGxlLnRlc3SHBH8AAAEwCgYIKoZIzj0EAwIDSQAwRgIhAMxQzQ+YA0v7Q0rzwmcr
kN/dfBQYH0M8pJnTM9ueUfo6AiEAwGaoOwn8rRoe8d/VsdNL1ag3xruQo4xN4N0K
VRAW8J4=
-----END CERTIFICATE-----`;
