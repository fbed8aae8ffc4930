/*
 * A PKCS#11 token for the tests, in memory, on libcrypto: what SoftHSM cannot show. It signs with SM2 in the four ways
 * makers do, counts PIN tries and locks, fills up, allows few sessions, and is taken out while the file named by
 * SEAL_PKCS11_DEVICE_REMOVED exists. With SEAL_PKCS11_DEVICE_STATE it lives on in that file from one process to the next,
 * and has room for 1 MB in place of 1 KB in each attribute. SEAL_PKCS11_DEVICE_SERIAL is its serial number, T-1 by default.
 * SEAL_PKCS11_DEVICE_LARGEST is the most bytes that it takes as the content of an object; with SEAL_PKCS11_DEVICE_CUTS it
 * keeps that many of larger ones and says nothing.
 *
 *   0x80008001  makes an SM2 key pair
 *   0x80008101  signs e, answers r || s          0x80008102  signs e, answers DER
 *   0x80008103  signs a message, answers r || s  0x80008104  signs a message, answers DER, identity as the parameter
 */
#include <openssl/rand.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "../SkfDevice/sm2_key.h"

typedef unsigned long ulong_t;
typedef struct { ulong_t type; void *value; ulong_t length; } attribute_t;
typedef struct { ulong_t type; void *parameter; ulong_t length; } mechanism_t;
typedef struct {
    unsigned char label[32], manufacturer[32], model[16], serial[16];
    ulong_t flags, max_sessions, sessions, max_rw_sessions, rw_sessions, max_pin, min_pin, memory[4];
    unsigned char versions[4], time[16];
} token_info_t;

enum {
    OK = 0, SLOT_INVALID = 3, ARGUMENTS_BAD = 7, ATTRIBUTE_SENSITIVE = 0x11, ATTRIBUTE_TYPE_INVALID = 0x12, DATA_LENGTH = 0x21, DEVICE_MEMORY = 0x31,
    DEVICE_REMOVED = 0x32, NOT_SUPPORTED = 0x54, HANDLE_INVALID = 0x82, KEY_HANDLE_INVALID = 0x60, MECHANISM_INVALID = 0x70,
    PARAMETER_INVALID = 0x71, PIN_INCORRECT = 0xA0, PIN_LENGTH = 0xA2, PIN_LOCKED = 0xA4, SESSION_COUNT = 0xB1,
    SESSION_INVALID = 0xB3, NOT_LOGGED_IN = 0x101, NOT_STARTED = 0x190, STARTED = 0x191, TRIES = 3, SESSIONS = 4, OBJECTS = 16,
    VALUE = 1024, LARGE_VALUE = 1 << 20
};
enum { CLASS = 0, CONTENT = 0x11, CURVE = 0x180, POINT = 0x181 };

typedef struct { ulong_t type, length; unsigned char *value; } stored_t;
typedef struct { int used; int count; stored_t attributes[12]; struct sm2_key key; } object_t;
typedef struct { int open; unsigned long found[OBJECTS]; int finding, found_count, found_at; object_t *signing; mechanism_t how; unsigned char parameter[64]; } session_t;

static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;
static object_t objects[OBJECTS];
static session_t sessions[SESSIONS + 1];
static int started, logged_in, tries = TRIES, was_removed;
static char user_pin[17] = "123456", officer_pin[17] = "87654321";
static const char STATE[] = "SEAL_PKCS11_DEVICE_STATE";
static const unsigned char sm2_curve[] = { 0x06, 0x08, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x82, 0x2d };

static int removed(void)
{
    const char *path = getenv("SEAL_PKCS11_DEVICE_REMOVED");
    int now = path != NULL && access(path, F_OK) == 0;
    if (now && !was_removed) {
        memset(sessions, 0, sizeof sessions);
        logged_in = 0;
    }
    was_removed = now;
    return now;
}

#define REQUIRE_SESSION(s) \
    do { \
        if (!started) return NOT_STARTED; \
        if (removed()) return DEVICE_REMOVED; \
        if ((s) < 1 || (s) > SESSIONS || !sessions[s].open) return SESSION_INVALID; \
    } while (0)

static stored_t *find_attribute(object_t *object, ulong_t type)
{
    for (int i = 0; i < object->count; i++)
        if (object->attributes[i].type == type) return &object->attributes[i];
    return NULL;
}

static int put(object_t *object, ulong_t type, const void *value, ulong_t length)
{
    stored_t *at = find_attribute(object, type);
    if (length > (getenv(STATE) == NULL ? VALUE : LARGE_VALUE) || (at == NULL && object->count == 12)) return 0;
    if (at == NULL) {
        at = &object->attributes[object->count++];
        at->value = NULL;
    }
    at->type = type;
    at->length = length;
    at->value = realloc(at->value, length + 1);
    memcpy(at->value, value, length);
    return 1;
}

/* What is on the token, as the file has it: PINs and tries, then each object with its attributes. */
static int pass(FILE *file, int writing, void *data, size_t size)
{
    return (writing ? fwrite(data, 1, size, file) : fread(data, 1, size, file)) == size;
}

static void keep(int writing)
{
    const char *path = getenv(STATE);
    FILE *file = path == NULL ? NULL : fopen(path, writing ? "wb" : "rb");
    if (file == NULL) return;
    int ok = pass(file, writing, &tries, sizeof tries) && pass(file, writing, user_pin, sizeof user_pin) && pass(file, writing, officer_pin, sizeof officer_pin);
    for (int i = 0; ok && i < OBJECTS; i++) {
        object_t *object = &objects[i];
        ok = pass(file, writing, &object->used, sizeof object->used) && pass(file, writing, &object->count, sizeof object->count)
             && pass(file, writing, &object->key, sizeof object->key);
        for (int a = 0; ok && a < object->count; a++) {
            stored_t *at = &object->attributes[a];
            ok = pass(file, writing, &at->type, sizeof at->type) && pass(file, writing, &at->length, sizeof at->length);
            if (!writing) at->value = malloc(at->length + 1);
            ok = ok && pass(file, writing, at->value, at->length);
        }
    }
    fclose(file);
}

static object_t *new_object(const attribute_t *template, ulong_t count)
{
    for (int i = 0; i < OBJECTS; i++) {
        if (objects[i].used) continue;
        memset(&objects[i], 0, sizeof objects[i]);
        for (ulong_t a = 0; a < count; a++)
            if (!put(&objects[i], template[a].type, template[a].value, template[a].length)) return NULL;
        objects[i].used = 1;
        return &objects[i];
    }
    return NULL;
}

static ulong_t class_of(object_t *object)
{
    stored_t *at = find_attribute(object, CLASS);
    ulong_t value = ~0ul;
    if (at != NULL && at->length == sizeof value) memcpy(&value, at->value, sizeof value);
    return value;
}

static ulong_t initialize(void *arguments)
{
    (void)arguments;
    if (started) return STARTED;
    memset(sessions, 0, sizeof sessions);
    keep(0);
    started = 1;
    return OK;
}

static ulong_t finalize(void *reserved)
{
    (void)reserved;
    started = logged_in = 0;
    return OK;
}

static ulong_t get_slot_list(unsigned char present, ulong_t *slots, ulong_t *count)
{
    (void)present;
    if (!started) return NOT_STARTED;
    if (removed()) *count = 0;
    else {
        if (slots != NULL) slots[0] = 7;
        *count = 1;
    }
    return OK;
}

static ulong_t get_token_info(ulong_t slot, token_info_t *info)
{
    if (!started) return NOT_STARTED;
    if (slot != 7) return SLOT_INVALID;
    if (removed()) return DEVICE_REMOVED;
    memset(info, 0, sizeof *info);
    memset(info->label, ' ', 96); /* label, manufacturer, model, serial */
    memcpy(info->label, "holder", 6);
    memcpy(info->manufacturer, "Seal tests", 10);
    const char *serial = getenv("SEAL_PKCS11_DEVICE_SERIAL");
    memcpy(info->serial, serial == NULL ? "T-1" : serial, serial == NULL ? 3 : strnlen(serial, 16));
    info->flags = 1 << 10 | 1 << 3 | (tries < TRIES ? 1 << 16 : 0) | (tries == 1 ? 1 << 17 : 0) | (tries == 0 ? 1 << 18 : 0);
    info->max_sessions = info->max_rw_sessions = SESSIONS;
    info->min_pin = 6;
    info->max_pin = 16;
    return OK;
}

static ulong_t open_session(ulong_t slot, ulong_t flags, void *a, void *b, ulong_t *session)
{
    (void)flags, (void)a, (void)b;
    if (!started) return NOT_STARTED;
    if (slot != 7) return SLOT_INVALID;
    if (removed()) return DEVICE_REMOVED;
    ulong_t result = SESSION_COUNT;
    pthread_mutex_lock(&opening);
    for (ulong_t i = 1; i <= SESSIONS && result != OK; i++) {
        if (sessions[i].open) continue;
        memset(&sessions[i], 0, sizeof sessions[i]);
        sessions[i].open = 1;
        *session = i;
        result = OK;
    }
    pthread_mutex_unlock(&opening);
    return result;
}

static ulong_t close_session(ulong_t session)
{
    REQUIRE_SESSION(session);
    sessions[session].open = 0;
    return OK;
}

static int same(const char *pin, const unsigned char *given, ulong_t length)
{
    return strlen(pin) == length && memcmp(pin, given, length) == 0;
}

static ulong_t check_user(const unsigned char *pin, ulong_t length)
{
    if (tries == 0) return PIN_LOCKED;
    if (length < 6 || length > 16) return PIN_LENGTH;
    int right = same(user_pin, pin, length);
    tries = right ? TRIES : tries - 1;
    keep(1);
    return right ? OK : tries == 0 ? PIN_LOCKED : PIN_INCORRECT;
}

static ulong_t login(ulong_t session, ulong_t user, const unsigned char *pin, ulong_t length)
{
    REQUIRE_SESSION(session);
    ulong_t result = user == 1 ? check_user(pin, length) : same(officer_pin, pin, length) ? OK : PIN_INCORRECT;
    if (result == OK) logged_in = user == 1 ? 1 : 2;
    return result;
}

static ulong_t logout(ulong_t session)
{
    REQUIRE_SESSION(session);
    logged_in = 0;
    return OK;
}

static ulong_t set_user_pin(const unsigned char *pin, ulong_t length)
{
    if (length < 6 || length > 16) return PIN_LENGTH;
    memcpy(user_pin, pin, length);
    user_pin[length] = 0;
    tries = TRIES;
    keep(1);
    return OK;
}

static ulong_t set_pin(ulong_t session, const unsigned char *old, ulong_t old_length, const unsigned char *new, ulong_t new_length)
{
    REQUIRE_SESSION(session);
    ulong_t result = check_user(old, old_length);
    return result == OK ? set_user_pin(new, new_length) : result;
}

static ulong_t init_pin(ulong_t session, const unsigned char *pin, ulong_t length)
{
    REQUIRE_SESSION(session);
    return logged_in == 2 ? set_user_pin(pin, length) : NOT_LOGGED_IN;
}

static ulong_t create_object(ulong_t session, const attribute_t *template, ulong_t count, ulong_t *handle)
{
    REQUIRE_SESSION(session);
    if (!logged_in) return NOT_LOGGED_IN;
    const char *limit = getenv("SEAL_PKCS11_DEVICE_LARGEST"), *cuts = getenv("SEAL_PKCS11_DEVICE_CUTS");
    ulong_t largest = limit == NULL || limit[0] == 0 ? ~0ul : strtoul(limit, NULL, 10);
    attribute_t taken[16];
    if (count > 16) return ARGUMENTS_BAD;
    memcpy(taken, template, count * sizeof *template);
    for (ulong_t i = 0; i < count; i++) {
        if (taken[i].type != CONTENT || taken[i].length <= largest) continue;
        if (cuts == NULL || cuts[0] == 0) return DATA_LENGTH;
        taken[i].length = largest;
    }
    object_t *made = new_object(taken, count);
    if (made == NULL) return DEVICE_MEMORY;
    *handle = (ulong_t)(made - objects) + 1;
    keep(1);
    return OK;
}

static ulong_t destroy_object(ulong_t session, ulong_t handle)
{
    REQUIRE_SESSION(session);
    if (handle < 1 || handle > OBJECTS || !objects[handle - 1].used) return HANDLE_INVALID;
    objects[handle - 1].used = 0;
    keep(1);
    return OK;
}

static ulong_t get_attribute_value(ulong_t session, ulong_t handle, attribute_t *wanted, ulong_t count)
{
    REQUIRE_SESSION(session);
    if (handle < 1 || handle > OBJECTS || !objects[handle - 1].used) return HANDLE_INVALID;
    for (ulong_t i = 0; i < count; i++) {
        stored_t *at = find_attribute(&objects[handle - 1], wanted[i].type);
        if (at == NULL) return class_of(&objects[handle - 1]) == 3 && wanted[i].type == CONTENT ? ATTRIBUTE_SENSITIVE : ATTRIBUTE_TYPE_INVALID;
        if (wanted[i].value != NULL) memcpy(wanted[i].value, at->value, at->length);
        wanted[i].length = at->length;
    }
    return OK;
}

static ulong_t find_objects_init(ulong_t session, const attribute_t *template, ulong_t count)
{
    REQUIRE_SESSION(session);
    session_t *s = &sessions[session];
    s->found_count = s->found_at = 0;
    for (int i = 0; i < OBJECTS; i++) {
        int fits = objects[i].used && (class_of(&objects[i]) != 3 || logged_in == 1);
        for (ulong_t a = 0; fits && a < count; a++) {
            stored_t *at = find_attribute(&objects[i], template[a].type);
            fits = at != NULL && at->length == template[a].length && memcmp(at->value, template[a].value, at->length) == 0;
        }
        if (fits) s->found[s->found_count++] = (ulong_t)i + 1;
    }
    return OK;
}

static ulong_t find_objects(ulong_t session, ulong_t *handles, ulong_t maximum, ulong_t *count)
{
    REQUIRE_SESSION(session);
    session_t *s = &sessions[session];
    for (*count = 0; *count < maximum && s->found_at < s->found_count; (*count)++) handles[*count] = s->found[s->found_at++];
    return OK;
}

static ulong_t find_objects_final(ulong_t session)
{
    REQUIRE_SESSION(session);
    return OK;
}

static ulong_t sign_init(ulong_t session, const mechanism_t *mechanism, ulong_t key)
{
    REQUIRE_SESSION(session);
    if (logged_in != 1) return NOT_LOGGED_IN;
    if (key < 1 || key > OBJECTS || !objects[key - 1].used || objects[key - 1].key.length == 0) return KEY_HANDLE_INVALID;
    if (mechanism->type < 0x80008101 || mechanism->type > 0x80008104) return MECHANISM_INVALID;
    session_t *s = &sessions[session];
    if ((mechanism->type == 0x80008104) != (mechanism->length > 0) || mechanism->length > sizeof s->parameter) return PARAMETER_INVALID;
    s->signing = &objects[key - 1];
    s->how = *mechanism;
    memcpy(s->parameter, mechanism->parameter == NULL ? "" : mechanism->parameter, mechanism->length);
    return OK;
}

static ulong_t sign(ulong_t session, const unsigned char *data, ulong_t length, unsigned char *signature, ulong_t *signature_length)
{
    REQUIRE_SESSION(session);
    session_t *s = &sessions[session];
    unsigned char der[80];
    size_t der_length = sizeof der;
    int by_digest = s->how.type <= 0x80008102, as_der = s->how.type % 2 == 0;
    if (s->signing == NULL) return 0x91;
    if (by_digest && length != 32) return 0x21; /* CKR_DATA_LEN_RANGE */
    int ok = by_digest ? sm2_sign_digest(&s->signing->key, data, der, &der_length)
             : s->how.type == 0x80008104
                 ? sm2_sign_message(&s->signing->key, s->parameter, s->how.length, data, length, der, &der_length)
                 : sm2_sign_message(&s->signing->key, (const unsigned char *)"1234567812345678", 16, data, length, der, &der_length);
    s->signing = NULL;
    if (!ok) return 6;
    if (as_der) {
        memcpy(signature, der, der_length);
        *signature_length = der_length;
    } else {
        if (!sm2_split(der, der_length, signature)) return 6;
        *signature_length = 64;
    }
    return OK;
}

static ulong_t generate_key_pair(ulong_t session, const mechanism_t *mechanism, const attribute_t *public_template, ulong_t public_count,
                                 const attribute_t *private_template, ulong_t private_count, ulong_t *public_key, ulong_t *private_key)
{
    REQUIRE_SESSION(session);
    if (logged_in != 1) return NOT_LOGGED_IN;
    if (mechanism->type != 0x80008001) return MECHANISM_INVALID;
    object_t *public = new_object(public_template, public_count);
    object_t *private = public == NULL ? NULL : new_object(private_template, private_count);
    if (private == NULL) {
        if (public != NULL) public->used = 0;
        return DEVICE_MEMORY;
    }
    stored_t *curve = find_attribute(public, CURVE);
    unsigned char xy[64];
    int known = curve != NULL && curve->length == sizeof sm2_curve && memcmp(curve->value, sm2_curve, sizeof sm2_curve) == 0;
    if (!known || !sm2_generate(&private->key) || !sm2_point(&private->key, xy)) {
        public->used = private->used = 0;
        return known ? 6 : 0x140;
    }
    put(public, POINT, xy, 64); /* as some makers give it: neither wrapped nor with its 04 */
    *public_key = (ulong_t)(public - objects) + 1;
    *private_key = (ulong_t)(private - objects) + 1;
    keep(1);
    return OK;
}

static ulong_t generate_random(ulong_t session, unsigned char *random, ulong_t length)
{
    REQUIRE_SESSION(session);
    return RAND_bytes(random, (int)length) == 1 ? OK : 6;
}

static ulong_t not_supported(void)
{
    return NOT_SUPPORTED;
}

static struct { unsigned char version[8]; void *functions[68]; } list;

ulong_t C_GetFunctionList(void **result)
{
    list.version[0] = 2;
    list.version[1] = 40;
    for (int i = 0; i < 68; i++) list.functions[i] = (void *)not_supported;
    list.functions[0] = (void *)initialize;
    list.functions[1] = (void *)finalize;
    list.functions[4] = (void *)get_slot_list;
    list.functions[6] = (void *)get_token_info;
    list.functions[10] = (void *)init_pin;
    list.functions[11] = (void *)set_pin;
    list.functions[12] = (void *)open_session;
    list.functions[13] = (void *)close_session;
    list.functions[18] = (void *)login;
    list.functions[19] = (void *)logout;
    list.functions[20] = (void *)create_object;
    list.functions[22] = (void *)destroy_object;
    list.functions[24] = (void *)get_attribute_value;
    list.functions[26] = (void *)find_objects_init;
    list.functions[27] = (void *)find_objects;
    list.functions[28] = (void *)find_objects_final;
    list.functions[42] = (void *)sign_init;
    list.functions[43] = (void *)sign;
    list.functions[59] = (void *)generate_key_pair;
    list.functions[64] = (void *)generate_random;
    *result = &list;
    return OK;
}
