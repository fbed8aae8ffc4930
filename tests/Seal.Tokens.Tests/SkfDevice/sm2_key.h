/* SM2 by libcrypto for the devices the tests compile: a key is its PKCS#8 or SEC1 DER, a point 64 bytes, a signature two
 * numbers of 32 bytes, all big-endian. Every function gives 1 for success. */
#ifndef SEAL_SM2_KEY_H
#define SEAL_SM2_KEY_H

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>
#include <string.h>

#define SM2_KEY_MAX 256

struct sm2_key {
    unsigned int length;
    unsigned char der[SM2_KEY_MAX];
};

static inline EVP_PKEY *sm2_open(const struct sm2_key *key)
{
    const unsigned char *at = key->der;
    return d2i_AutoPrivateKey(NULL, &at, (long)key->length);
}

static inline int sm2_generate(struct sm2_key *key)
{
    EVP_PKEY *made = EVP_PKEY_Q_keygen(NULL, NULL, "SM2");
    int length = made == NULL ? 0 : i2d_PrivateKey(made, NULL);
    int ok = length > 0 && length <= SM2_KEY_MAX;
    if (ok) {
        unsigned char *at = key->der;
        key->length = (unsigned int)i2d_PrivateKey(made, &at);
    }
    EVP_PKEY_free(made);
    return ok;
}

static inline int sm2_point(const struct sm2_key *key, unsigned char xy[64])
{
    EVP_PKEY *open = sm2_open(key);
    BIGNUM *x = NULL, *y = NULL;
    int ok = open != NULL && EVP_PKEY_get_bn_param(open, OSSL_PKEY_PARAM_EC_PUB_X, &x)
             && EVP_PKEY_get_bn_param(open, OSSL_PKEY_PARAM_EC_PUB_Y, &y)
             && BN_bn2binpad(x, xy, 32) == 32 && BN_bn2binpad(y, xy + 32, 32) == 32;
    BN_free(x);
    BN_free(y);
    EVP_PKEY_free(open);
    return ok;
}

static inline int sm2_split(const unsigned char *der, size_t length, unsigned char rs[64])
{
    const unsigned char *at = der;
    ECDSA_SIG *both = d2i_ECDSA_SIG(NULL, &at, (long)length);
    int ok = both != NULL && BN_bn2binpad(ECDSA_SIG_get0_r(both), rs, 32) == 32
             && BN_bn2binpad(ECDSA_SIG_get0_s(both), rs + 32, 32) == 32;
    ECDSA_SIG_free(both);
    return ok;
}

/* Signs e, the digest that has Z in it already. */
static inline int sm2_sign_digest(const struct sm2_key *key, const unsigned char e[32], unsigned char *der, size_t *length)
{
    EVP_PKEY *open = sm2_open(key);
    EVP_PKEY_CTX *context = open == NULL ? NULL : EVP_PKEY_CTX_new_from_pkey(NULL, open, NULL);
    int ok = context != NULL && EVP_PKEY_sign_init(context) > 0 && EVP_PKEY_sign(context, der, length, e, 32) > 0;
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(open);
    return ok;
}

/* Signs a message under an identity; the device computes Z. */
static inline int sm2_sign_message(const struct sm2_key *key, const unsigned char *identity, size_t identity_length,
                                   const unsigned char *message, size_t message_length, unsigned char *der, size_t *length)
{
    EVP_PKEY *open = sm2_open(key);
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    EVP_PKEY_CTX *context = NULL;
    int ok = open != NULL && EVP_DigestSignInit(digest, &context, EVP_sm3(), NULL, open) > 0
             && EVP_PKEY_CTX_set1_id(context, identity, (int)identity_length) > 0
             && EVP_DigestSign(digest, der, length, message, message_length) > 0;
    EVP_MD_CTX_free(digest);
    EVP_PKEY_free(open);
    return ok;
}

/* SEQUENCE { x, y, hash, cipher } of GM/T 0009; short enough for lengths of one byte. */
static inline size_t sm2_put(unsigned char *at, unsigned char tag, const unsigned char *value, size_t length)
{
    size_t skip = 0, pad = 0;
    if (tag == 2) {
        while (skip < length - 1 && value[skip] == 0) skip++;
        pad = value[skip] >> 7;
    }
    at[0] = tag;
    at[1] = (unsigned char)(length - skip + pad);
    at[2] = 0;
    memcpy(at + 2 + pad, value + skip, length - skip);
    return 2 + pad + length - skip;
}

/* Opens what was encrypted for the key: 16 bytes here. */
static inline int sm2_decrypt(const struct sm2_key *key, const unsigned char x[32], const unsigned char y[32], const unsigned char hash[32],
                              const unsigned char cipher[16], unsigned char plain[16])
{
    unsigned char der[128], out[64];
    size_t length = 2, out_length = sizeof out;
    length += sm2_put(der + length, 2, x, 32);
    length += sm2_put(der + length, 2, y, 32);
    length += sm2_put(der + length, 4, hash, 32);
    length += sm2_put(der + length, 4, cipher, 16);
    der[0] = 0x30;
    der[1] = (unsigned char)(length - 2);
    EVP_PKEY *open = sm2_open(key);
    EVP_PKEY_CTX *context = open == NULL ? NULL : EVP_PKEY_CTX_new_from_pkey(NULL, open, NULL);
    int ok = context != NULL && EVP_PKEY_decrypt_init(context) > 0 && EVP_PKEY_decrypt(context, out, &out_length, der, length) > 0 && out_length == 16;
    if (ok) memcpy(plain, out, 16);
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(open);
    return ok;
}

/* One block after the other under SM4, without padding. */
static inline int sm4_decrypt(const unsigned char key[16], const unsigned char *cipher, int length, unsigned char *plain)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int part = 0;
    int ok = EVP_DecryptInit_ex(context, EVP_sm4_ecb(), NULL, key, NULL) > 0 && EVP_CIPHER_CTX_set_padding(context, 0) > 0
             && EVP_DecryptUpdate(context, plain, &part, cipher, length) > 0 && part == length;
    EVP_CIPHER_CTX_free(context);
    return ok;
}

/* The pair of a private number and its point; not for a number of another point. */
static inline int sm2_pair(const unsigned char scalar[32], const unsigned char xy[64], struct sm2_key *key)
{
    unsigned char point[65] = { 4 };
    memcpy(point + 1, xy, 64);
    BIGNUM *number = BN_bin2bn(scalar, 32, NULL);
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    OSSL_PARAM *params = NULL;
    EVP_PKEY *made = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "SM2", NULL), *check = NULL;
    int ok = OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0)
             && OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point)
             && OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_PRIV_KEY, number)
             && (params = OSSL_PARAM_BLD_to_param(build)) != NULL && EVP_PKEY_fromdata_init(context) > 0
             && EVP_PKEY_fromdata(context, &made, EVP_PKEY_KEYPAIR, params) > 0
             && (check = EVP_PKEY_CTX_new_from_pkey(NULL, made, NULL)) != NULL && EVP_PKEY_pairwise_check(check) > 0;
    int length = ok ? i2d_PrivateKey(made, NULL) : 0;
    ok = length > 0 && length <= SM2_KEY_MAX;
    if (ok) {
        unsigned char *at = key->der;
        key->length = (unsigned int)i2d_PrivateKey(made, &at);
    }
    EVP_PKEY_CTX_free(check);
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(made);
    OSSL_PARAM_free(params);
    OSSL_PARAM_BLD_free(build);
    BN_free(number);
    return ok;
}

#endif
