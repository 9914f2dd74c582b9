#!/bin/sh
# Makes the certificate files and trust anchors of this folder anew, in the folder that is given.
# Private keys stay in a folder of their own below it, which is not kept: nobody can sign with these again.
set -eu
out=$1
mkdir -p "$out/keys"
cd "$out"

printf 'SHA256(vm.ovf)= %s\nSHA256(disk.vmdk)= %s\n' \
    5b2f3e0d9c7a41868e1f20c4b7d6a9530f1e2d3c4b5a69788796a5b4c3d2e1f0 \
    00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff > vm.mf

key() { # name, algorithm and options
    name=$1; shift
    openssl genpkey -quiet -out "keys/$name.key" -algorithm "$@" 2>/dev/null ||
        openssl genpkey -out "keys/$name.key" -algorithm "$@" 2>/dev/null
}
self() { # name, subject, digest, extensions
    openssl req -x509 -new -key "keys/$1.key" -subj "$2" "-$3" -days 3650 -out "keys/$1.pem" -config minimal.cnf -extensions "$4"
}
issued() { # name, subject, issuer, digest, extensions
    openssl req -new -key "keys/$1.key" -subj "$2" -out keys/request.pem -config minimal.cnf
    openssl x509 -req -in keys/request.pem -CA "keys/$3.pem" -CAkey "keys/$3.key" -set_serial "0x$(openssl rand -hex 8)" \
        "-$4" -days 3000 -extfile minimal.cnf -extensions "$5" -out "keys/$1.pem" 2>/dev/null
}
sign() { # file, key, digest, name of the digest, certificates
    file=$1 by=$2 digest=$3 called=$4; shift 4
    {
        printf '%s(vm.mf)= ' "$called"
        openssl dgst "-$digest" -sign "keys/$by.key" vm.mf | od -An -v -tx1 | tr -d ' \n'
        echo
        for certificate; do cat "keys/$certificate.pem"; done
    } > "$file"
}

cat > minimal.cnf <<'CNF'
[req]
distinguished_name = dn
[dn]
[signer]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = codeSigning
[plain]
basicConstraints = CA:FALSE
[server]
extendedKeyUsage = serverAuth
[encipher]
keyUsage = keyEncipherment
[demand]
1.2.3.4 = critical, ASN1:UTF8String:please
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[narrow]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign
[mute]
basicConstraints = critical, CA:TRUE
keyUsage = critical, digitalSignature
CNF

key rsa2048 RSA -pkeyopt rsa_keygen_bits:2048
key rsa3072 RSA -pkeyopt rsa_keygen_bits:3072
key rsa1024 RSA -pkeyopt rsa_keygen_bits:1024
key rsa768 RSA -pkeyopt rsa_keygen_bits:768
key p256 EC -pkeyopt ec_paramgen_curve:P-256
key p384 EC -pkeyopt ec_paramgen_curve:P-384
key p521 EC -pkeyopt ec_paramgen_curve:P-521
for name in rsa2048 rsa3072 rsa1024 rsa768 p256 p384 p521; do
    self "$name" "/O=Example/CN=$name" sha256 signer
done
for digest in sha1 sha256 sha384 sha512; do
    called=$(echo "$digest" | tr a-z A-Z)
    sign "rsa2048-$digest.cert" rsa2048 "$digest" "$called" rsa2048
    sign "p256-$digest.cert" p256 "$digest" "$called" p256
    sign "p384-$digest.cert" p384 "$digest" "$called" p384
done
sign rsa3072.cert rsa3072 sha256 SHA256 rsa3072
sign rsa1024.cert rsa1024 sha256 SHA256 rsa1024
sign rsa768.cert rsa768 sha256 SHA256 rsa768
sign p521.cert p521 sha256 SHA256 p521

# A root, what it issued, and what others issued in its name.
for name in root intermediate leaf impostor narrow below; do
    key $name EC -pkeyopt ec_paramgen_curve:P-256
done
self root "/O=Example/CN=Root" sha256 authority
self impostor "/O=Example/CN=Root" sha256 authority
self narrow "/O=Example/CN=Narrow" sha256 narrow
issued intermediate "/O=Example/CN=Intermediate" root sha384 authority
issued leaf "/O=Example/CN=Leaf" intermediate sha256 signer
sign chain.cert leaf sha256 SHA256 leaf intermediate
sign chain-with-root.cert leaf sha256 SHA256 leaf intermediate root
sign chain-backwards.cert leaf sha256 SHA256 intermediate leaf
sign chain-without-intermediate.cert leaf sha256 SHA256 leaf
for variant in server encipher demand; do
    issued leaf "/O=Example/CN=Leaf" intermediate sha256 $variant
    sign "chain-$variant.cert" leaf sha256 SHA256 leaf intermediate
done
issued leaf "/O=Example/CN=Leaf" intermediate sha1 signer
sign chain-sha1.cert leaf sha256 SHA256 leaf intermediate
issued below "/O=Example/CN=Below" leaf sha256 signer
sign chain-no-authority.cert below sha256 SHA256 below leaf intermediate
issued intermediate "/O=Example/CN=Intermediate" root sha256 mute
issued leaf "/O=Example/CN=Leaf" intermediate sha256 signer
sign chain-mute.cert leaf sha256 SHA256 leaf intermediate
issued intermediate "/O=Example/CN=Intermediate" narrow sha256 authority
issued leaf "/O=Example/CN=Leaf" intermediate sha256 signer
sign chain-too-long.cert leaf sha256 SHA256 leaf intermediate
issued leaf "/O=Example/CN=Leaf" narrow sha256 signer
sign chain-short.cert leaf sha256 SHA256 leaf
issued rsa1024 "/O=Example/CN=Short" root sha256 authority
issued leaf "/O=Example/CN=Leaf" rsa1024 sha256 signer
sign chain-weak-key.cert leaf sha256 SHA256 leaf rsa1024
for name in root impostor narrow; do cp "keys/$name.pem" "$name.pem"; done
cat root.pem narrow.pem > roots.pem
rm minimal.cnf
