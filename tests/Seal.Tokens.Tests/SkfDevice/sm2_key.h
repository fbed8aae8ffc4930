/* SM2 by libcrypto for the devices the tests compile: a key is its PKCS#8 or SEC1 DER, a point 64 bytes, a signature two
 * numbers of 32 bytes, all big-endian. Every function gives 1 for success. */
#ifndef SEAL_SM2_KEY_H
#define SEAL_SM2_KEY_H

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
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

#endif
