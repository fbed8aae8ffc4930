/*
 * The least a program can do to sign through PKCS#11: pkcs11_loop MODULE LABEL KEY PIN MECHANISM THREADS SECONDS opens one
 * session a thread on the token LABEL, finds the private key KEY once and signs 32 bytes until the time is over. It prints
 * signatures a second. MECHANISM is a number such as 0x40 (CKM_SHA256_RSA_PKCS) or 0x1041 (CKM_ECDSA).
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef unsigned long ulong_t;
typedef struct { ulong_t type; void *value; ulong_t length; } attribute_t;
typedef struct { ulong_t type; void *parameter; ulong_t length; } mechanism_t;
typedef struct { void *mutexes[4]; ulong_t flags; void *reserved; } arguments_t;
typedef struct { unsigned char label[32], rest[256]; } token_info_t;

static void **functions;
static ulong_t slot, mechanism_type;
static const char *key_label, *pin;
static double seconds;

#define CALL(index, ...) (((ulong_t (*)())functions[index])(__VA_ARGS__))

static void check(ulong_t result, const char *what)
{
    if (result != 0 && result != 0x100) {
        fprintf(stderr, "%s: 0x%lx\n", what, result);
        exit(1);
    }
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void *sign(void *count)
{
    ulong_t session, key, found, private_key = 3;
    attribute_t wanted[] = { { 0, &private_key, sizeof private_key }, { 3, (void *)key_label, strlen(key_label) } };
    mechanism_t mechanism = { mechanism_type, NULL, 0 };
    unsigned char data[32] = { 1 }, signature[1024];
    check(CALL(12, slot, 4ul, NULL, NULL, &session), "C_OpenSession");
    check(CALL(18, session, 1ul, pin, strlen(pin)), "C_Login");
    check(CALL(26, session, wanted, 2ul), "C_FindObjectsInit");
    check(CALL(27, session, &key, 1ul, &found), "C_FindObjects");
    check(CALL(28, session), "C_FindObjectsFinal");
    if (found != 1) check(1, "the key is not there");
    for (double end = now() + seconds; now() < end; ++*(ulong_t *)count) {
        ulong_t length = sizeof signature;
        check(CALL(42, session, &mechanism, key), "C_SignInit");
        check(CALL(43, session, data, sizeof data, signature, &length), "C_Sign");
    }
    return NULL;
}

int main(int count, char **words)
{
    if (count != 8) return 2;
    void *module = dlopen(words[1], RTLD_NOW);
    ulong_t (*get_list)(void ***) = module == NULL ? NULL : (ulong_t(*)(void ***))dlsym(module, "C_GetFunctionList");
    if (get_list == NULL) check(1, "dlopen");
    check(get_list(&functions), "C_GetFunctionList");
    functions++; /* the version */
    arguments_t arguments = { { NULL }, 2, NULL };
    check(CALL(0, &arguments), "C_Initialize");
    ulong_t slots[64], slot_count = 64, counts[64] = { 0 }, sum = 0;
    check(CALL(4, 1, slots, &slot_count), "C_GetSlotList");
    char label[33];
    snprintf(label, sizeof label, "%-32s", words[2]);
    for (ulong_t i = 0; i < slot_count; i++) {
        token_info_t info;
        check(CALL(6, slots[i], &info), "C_GetTokenInfo");
        if (memcmp(info.label, label, 32) == 0) slot = slots[i];
    }
    key_label = words[3];
    pin = words[4];
    mechanism_type = strtoul(words[5], NULL, 0);
    int threads = atoi(words[6]);
    seconds = atof(words[7]);
    pthread_t running[64];
    for (int i = 0; i < threads; i++) pthread_create(&running[i], NULL, sign, &counts[i]);
    for (int i = 0; i < threads; i++) pthread_join(running[i], NULL);
    for (int i = 0; i < threads; i++) sum += counts[i];
    printf("%.1f\n", (double)sum / seconds);
    return 0;
}
