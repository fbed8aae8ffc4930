/*
 * An SKF library (GM/T 0016-2012) for the tests, on libcrypto. A device is a file NAME.skf in the folder that
 * SEAL_SKF_DEVICE_FOLDER names: an empty file is a new device, a file moved away is a device taken out, and its PIN tries,
 * containers and files go with it. Each device has one application, SEAL, with user PIN 123456 and administrator's PIN
 * 12345678, three tries each. Not for several threads at once.
 *
 * SEAL_SKF_DEVICE_ROOM: bytes for files, in place of 200000.
 * SEAL_SKF_DEVICE_ON_SIGNING: "pull" takes the device out while it signs (its file becomes NAME.out), "kill" kills the process.
 */
#include <dirent.h>
#include <openssl/rand.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "sm2_key.h"

typedef uint32_t ULONG;
typedef int32_t BOOL;
typedef unsigned char BYTE;
typedef char *LPSTR;
typedef void *HANDLE;

#pragma pack(1)
typedef struct { BYTE major, minor; } VERSION;
typedef struct {
    VERSION Version;
    char Manufacturer[64], Issuer[64], Label[32], SerialNumber[32];
    VERSION HWVersion, FirmwareVersion;
    ULONG AlgSymCap, AlgAsymCap, AlgHashCap, DevAuthAlgId, TotalSpace, FreeSpace, MaxECCBufferSize, MaxBufferSize;
    BYTE Reserved[64];
} DEVINFO;
typedef struct { ULONG BitLen; BYTE X[64], Y[64]; } ECCPUBLICKEYBLOB;
typedef struct { BYTE r[64], s[64]; } ECCSIGNATUREBLOB;
typedef struct { BYTE X[64], Y[64], Hash[32]; ULONG CipherLen; BYTE Cipher[16]; } ECCCIPHERBLOB;
typedef struct { ULONG Version, SymmAlgId, Bits; BYTE EncryptedPriKey[64]; ECCPUBLICKEYBLOB PubKey; ECCCIPHERBLOB Cipher; } ENVELOPEDKEYBLOB;
typedef struct { char FileName[32]; ULONG FileSize, ReadRights, WriteRights; } FILEATTRIBUTE;
#pragma pack()

enum {
    OK = 0, FAIL = 0x0A000001, FILE_ERROR = 0x0A000004, INVALID_HANDLE = 0x0A000005, INVALID_PARAMETER = 0x0A000006,
    NAME_LENGTH = 0x0A000009, INPUT_LENGTH = 0x0A000010, NO_KEY = 0x0A00001B, NO_CERTIFICATE = 0x0A00001C, TOO_SMALL = 0x0A000020,
    REMOVED = 0x0A000023, PIN_INCORRECT = 0x0A000024, PIN_LOCKED = 0x0A000025, PIN_LENGTH = 0x0A000027, NOT_LOGGED_IN = 0x0A00002D,
    NO_APPLICATION = 0x0A00002E, FILE_EXISTS = 0x0A00002F, NO_ROOM = 0x0A000030, NO_FILE = 0x0A000031, TOO_MANY = 0x0A000032,
    TRIES = 3, CONTAINERS = 3, FILES = 3, ROOM = 200000, CERTIFICATE = 4096
};

typedef struct { char pin[17]; ULONG tries; } secret_t;
typedef struct { struct sm2_key key; ULONG certificate_length; BYTE certificate[CERTIFICATE]; } pair_t;
typedef struct { char name[65]; pair_t pairs[2]; } container_t; /* for encryption, for signing */
typedef struct { char name[33]; ULONG size, read, write; BYTE data[ROOM]; } file_t;
typedef struct { char serial[33]; secret_t secrets[2]; container_t containers[CONTAINERS]; file_t files[FILES]; } device_t;

/* A device that is plugged in, as this process knows it. */
typedef struct { char name[64]; unsigned epoch; int logged_in; } plugged_t;
typedef struct { plugged_t *plugged; unsigned epoch; int container; } handle_t;

static plugged_t plugged[8];
static device_t device; /* the one a call is about, read at its start */

static void path_of(const plugged_t *at, char *path, size_t size)
{
    snprintf(path, size, "%s/%s.skf", getenv("SEAL_SKF_DEVICE_FOLDER"), at->name);
}

static ULONG load(plugged_t *at)
{
    char path[512];
    path_of(at, path, sizeof path);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        at->epoch++;
        at->logged_in = 0;
        return REMOVED;
    }
    if (fread(&device, sizeof device, 1, file) != 1) {
        memset(&device, 0, sizeof device);
        snprintf(device.serial, sizeof device.serial, "SN-%.20s", at->name);
        strcpy(device.secrets[0].pin, "12345678");
        strcpy(device.secrets[1].pin, "123456");
        device.secrets[0].tries = device.secrets[1].tries = TRIES;
    }
    fclose(file);
    return OK;
}

static ULONG save(const plugged_t *at)
{
    char path[512];
    path_of(at, path, sizeof path);
    FILE *file = access(path, F_OK) == 0 ? fopen(path, "wb") : NULL;
    if (file == NULL) return REMOVED;
    int ok = fwrite(&device, sizeof device, 1, file) == 1;
    return fclose(file) == 0 && ok ? OK : FILE_ERROR;
}

static ULONG use(HANDLE any)
{
    handle_t *handle = any;
    if (handle == NULL) return INVALID_HANDLE;
    ULONG result = load(handle->plugged);
    if (result != OK) return result;
    return handle->epoch == handle->plugged->epoch ? OK : INVALID_HANDLE;
}

static ULONG use_signed_in(HANDLE any)
{
    ULONG result = use(any);
    return result != OK ? result : ((handle_t *)any)->plugged->logged_in ? OK : NOT_LOGGED_IN;
}

static HANDLE open_handle(plugged_t *at, int container)
{
    handle_t *handle = malloc(sizeof *handle);
    handle->plugged = at;
    handle->epoch = at->epoch;
    handle->container = container;
    return handle;
}

/* Names one after the other, each with its NUL, and one NUL more. */
static ULONG give(const char *list, ULONG length, LPSTR to, ULONG *size)
{
    ULONG room = *size;
    *size = length;
    if (to == NULL) return OK;
    if (room < length) return TOO_SMALL;
    memcpy(to, list, length);
    return OK;
}

static ULONG append(char *list, ULONG at, const char *name)
{
    ULONG length = (ULONG)strlen(name) + 1;
    memcpy(list + at, name, length);
    return at + length;
}

ULONG SKF_EnumDev(BOOL present, LPSTR names, ULONG *size)
{
    char list[1024] = { 0 }, name[64];
    ULONG length = 0;
    (void)present;
    DIR *folder = opendir(getenv("SEAL_SKF_DEVICE_FOLDER"));
    if (folder == NULL) return FAIL;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        size_t stem = strlen(entry->d_name);
        if (stem < 5 || stem > 60 || strcmp(entry->d_name + stem - 4, ".skf") != 0) continue;
        memcpy(name, entry->d_name, stem - 4);
        name[stem - 4] = 0;
        length = append(list, length, name);
    }
    closedir(folder);
    return give(list, length + 1, names, size);
}

ULONG SKF_ConnectDev(LPSTR name, HANDLE *result)
{
    plugged_t *at = NULL;
    for (int i = 0; i < 8 && at == NULL; i++)
        if (plugged[i].name[0] == 0 || strcmp(plugged[i].name, name) == 0) at = &plugged[i];
    if (at == NULL || strlen(name) > 60) return INVALID_PARAMETER;
    strcpy(at->name, name);
    ULONG loaded = load(at);
    if (loaded == OK) loaded = save(at);
    if (loaded == OK) *result = open_handle(at, -1);
    return loaded;
}

ULONG SKF_DisConnectDev(HANDLE handle)
{
    free(handle);
    return OK;
}

ULONG SKF_GetDevInfo(HANDLE handle, DEVINFO *info)
{
    ULONG result = use(handle);
    if (result != OK) return result;
    memset(info, 0, sizeof *info);
    info->Version.major = 1;
    strcpy(info->Manufacturer, "Seal tests");
    strcpy(info->Issuer, "Seal tests, too");
    strcpy(info->Label, "UKey");
    strcpy(info->SerialNumber, device.serial);
    info->HWVersion.major = 2;
    info->FirmwareVersion.minor = 7;
    return OK;
}

ULONG SKF_GenRandom(HANDLE handle, BYTE *random, ULONG length)
{
    ULONG result = use(handle);
    return result != OK ? result : RAND_bytes(random, (int)length) == 1 ? OK : FAIL;
}

ULONG SKF_EnumApplication(HANDLE handle, LPSTR names, ULONG *size)
{
    ULONG result = use(handle);
    return result != OK ? result : give("SEAL\0", 6, names, size);
}

ULONG SKF_OpenApplication(HANDLE handle, LPSTR name, HANDLE *application)
{
    ULONG result = use(handle);
    if (result != OK) return result;
    if (strcmp(name, "SEAL") != 0) return NO_APPLICATION;
    *application = open_handle(((handle_t *)handle)->plugged, -1);
    return OK;
}

ULONG SKF_CloseApplication(HANDLE handle)
{
    free(handle);
    return OK;
}

static ULONG try_pin(plugged_t *at, ULONG type, const char *pin, ULONG *left)
{
    secret_t *secret = &device.secrets[type];
    ULONG result = OK;
    if (secret->tries == 0) result = PIN_LOCKED;
    else if (strlen(pin) < 6 || strlen(pin) > 16) result = PIN_LENGTH;
    else if (strcmp(secret->pin, pin) == 0) secret->tries = TRIES;
    else result = --secret->tries == 0 ? PIN_LOCKED : PIN_INCORRECT;
    *left = secret->tries;
    ULONG saved = save(at);
    return saved == OK ? result : saved;
}

ULONG SKF_VerifyPIN(HANDLE handle, ULONG type, LPSTR pin, ULONG *left)
{
    ULONG result = use(handle);
    if (result != OK) return result;
    plugged_t *at = ((handle_t *)handle)->plugged;
    if (type > 1) return INVALID_PARAMETER;
    result = try_pin(at, type, pin, left);
    if (result == OK) at->logged_in = 1;
    return result;
}

static ULONG set_pin(HANDLE handle, ULONG type, const char *pin)
{
    if (strlen(pin) < 6 || strlen(pin) > 16) return PIN_LENGTH;
    strcpy(device.secrets[type].pin, pin);
    device.secrets[type].tries = TRIES;
    return save(((handle_t *)handle)->plugged);
}

ULONG SKF_ChangePIN(HANDLE handle, ULONG type, LPSTR old, LPSTR new, ULONG *left)
{
    ULONG result = use(handle);
    if (result != OK) return result;
    result = type > 1 ? INVALID_PARAMETER : try_pin(((handle_t *)handle)->plugged, type, old, left);
    return result != OK ? result : set_pin(handle, type, new);
}

ULONG SKF_UnblockPIN(HANDLE handle, LPSTR administrator, LPSTR new, ULONG *left)
{
    ULONG result = use(handle);
    if (result != OK) return result;
    result = try_pin(((handle_t *)handle)->plugged, 0, administrator, left);
    return result != OK ? result : set_pin(handle, 1, new);
}

ULONG SKF_GetPINInfo(HANDLE handle, ULONG type, ULONG *most, ULONG *left, BOOL *is_default)
{
    ULONG result = use(handle);
    if (result != OK) return result;
    if (type > 1) return INVALID_PARAMETER;
    *most = TRIES;
    *left = device.secrets[type].tries;
    *is_default = strcmp(device.secrets[type].pin, type == 1 ? "123456" : "12345678") == 0;
    return OK;
}

ULONG SKF_ClearSecureState(HANDLE handle)
{
    ULONG result = use(handle);
    if (result == OK) ((handle_t *)handle)->plugged->logged_in = 0;
    return result;
}

static int find_container(const char *name)
{
    for (int i = 0; i < CONTAINERS; i++)
        if (strcmp(device.containers[i].name, name) == 0) return i;
    return -1;
}

ULONG SKF_EnumContainer(HANDLE handle, LPSTR names, ULONG *size)
{
    char list[CONTAINERS * 65 + 2] = { 0 };
    ULONG length = 0, result = use(handle);
    if (result != OK) return result;
    for (int i = 0; i < CONTAINERS; i++)
        if (device.containers[i].name[0] != 0) length = append(list, length, device.containers[i].name);
    return give(list, length + 1, names, size);
}

ULONG SKF_CreateContainer(HANDLE handle, LPSTR name, HANDLE *container)
{
    ULONG result = use_signed_in(handle);
    if (result != OK) return result;
    if (strlen(name) > 64 || name[0] == 0) return NAME_LENGTH;
    if (find_container(name) >= 0) return FAIL;
    int free_one = find_container("");
    if (free_one < 0) return TOO_MANY;
    strcpy(device.containers[free_one].name, name);
    *container = open_handle(((handle_t *)handle)->plugged, free_one);
    return save(((handle_t *)handle)->plugged);
}

ULONG SKF_OpenContainer(HANDLE handle, LPSTR name, HANDLE *container)
{
    ULONG result = use(handle);
    if (result != OK) return result;
    int found = name[0] == 0 ? -1 : find_container(name);
    if (found < 0) return FAIL;
    *container = open_handle(((handle_t *)handle)->plugged, found);
    return OK;
}

ULONG SKF_CloseContainer(HANDLE handle)
{
    free(handle);
    return OK;
}

static pair_t *pair_of(HANDLE handle, BOOL sign)
{
    return &device.containers[((handle_t *)handle)->container].pairs[sign ? 1 : 0];
}

ULONG SKF_GetContainerType(HANDLE handle, ULONG *type)
{
    ULONG result = use(handle);
    if (result == OK) *type = pair_of(handle, 0)->key.length > 0 || pair_of(handle, 1)->key.length > 0 ? 2 : 0;
    return result;
}

ULONG SKF_ImportCertificate(HANDLE handle, BOOL sign, BYTE *certificate, ULONG length)
{
    ULONG result = use_signed_in(handle);
    if (result != OK) return result;
    if (length > CERTIFICATE) return NO_ROOM;
    memcpy(pair_of(handle, sign)->certificate, certificate, length);
    pair_of(handle, sign)->certificate_length = length;
    return save(((handle_t *)handle)->plugged);
}

ULONG SKF_ExportCertificate(HANDLE handle, BOOL sign, BYTE *certificate, ULONG *length)
{
    ULONG result = use(handle);
    if (result != OK) return result;
    pair_t *pair = pair_of(handle, sign);
    return pair->certificate_length == 0 ? NO_CERTIFICATE : give((const char *)pair->certificate, pair->certificate_length, (LPSTR)certificate, length);
}

static ULONG public_key(const struct sm2_key *key, ECCPUBLICKEYBLOB *blob)
{
    BYTE xy[64];
    if (!sm2_point(key, xy)) return FAIL;
    memset(blob, 0, sizeof *blob);
    blob->BitLen = 256;
    memcpy(blob->X + 32, xy, 32);
    memcpy(blob->Y + 32, xy + 32, 32);
    return OK;
}

ULONG SKF_GenECCKeyPair(HANDLE handle, ULONG algorithm, ECCPUBLICKEYBLOB *blob)
{
    ULONG result = use_signed_in(handle);
    if (result != OK) return result;
    if (algorithm != 0x00020200) return INVALID_PARAMETER;
    struct sm2_key *key = &pair_of(handle, 1)->key;
    if (!sm2_generate(key)) return FAIL;
    result = public_key(key, blob);
    return result != OK ? result : save(((handle_t *)handle)->plugged);
}

ULONG SKF_ImportECCKeyPair(HANDLE handle, ENVELOPEDKEYBLOB *blob)
{
    BYTE once[16], scalar[32], xy[64];
    ULONG result = use_signed_in(handle);
    if (result != OK) return result;
    pair_t *signing = pair_of(handle, 1);
    if (signing->key.length == 0) return NO_KEY;
    if (blob->Version != 1 || blob->SymmAlgId != 0x00000401 || blob->Bits != 256 || blob->PubKey.BitLen != 256 || blob->Cipher.CipherLen != 16) return INVALID_PARAMETER;
    memcpy(xy, blob->PubKey.X + 32, 32);
    memcpy(xy + 32, blob->PubKey.Y + 32, 32);
    if (!sm2_decrypt(&signing->key, blob->Cipher.X + 32, blob->Cipher.Y + 32, blob->Cipher.Hash, blob->Cipher.Cipher, once)
        || !sm4_decrypt(once, blob->EncryptedPriKey + 32, 32, scalar) || !sm2_pair(scalar, xy, &pair_of(handle, 0)->key))
        return FAIL;
    return save(((handle_t *)handle)->plugged);
}

ULONG SKF_ExportPublicKey(HANDLE handle, BOOL sign, BYTE *blob, ULONG *length)
{
    ECCPUBLICKEYBLOB key;
    ULONG result = use(handle);
    if (result != OK) return result;
    if (pair_of(handle, sign)->key.length == 0) return NO_KEY;
    result = public_key(&pair_of(handle, sign)->key, &key);
    return result != OK ? result : give((const char *)&key, sizeof key, (LPSTR)blob, length);
}

ULONG SKF_ECCSignData(HANDLE handle, BYTE *digest, ULONG length, ECCSIGNATUREBLOB *signature)
{
    BYTE der[80], rs[64];
    size_t der_length = sizeof der;
    ULONG result = use_signed_in(handle);
    if (result != OK) return result;
    struct sm2_key *key = &pair_of(handle, 1)->key;
    if (key->length == 0) return NO_KEY;
    if (length != 32) return INPUT_LENGTH;
    const char *happens = getenv("SEAL_SKF_DEVICE_ON_SIGNING");
    if (happens != NULL && strcmp(happens, "kill") == 0) raise(SIGKILL);
    if (happens != NULL && strcmp(happens, "pull") == 0) {
        char path[512], out[520];
        path_of(((handle_t *)handle)->plugged, path, sizeof path);
        snprintf(out, sizeof out, "%.*s.out", (int)strlen(path) - 4, path);
        rename(path, out);
        return REMOVED;
    }
    if (!sm2_sign_digest(key, digest, der, &der_length) || !sm2_split(der, der_length, rs)) return FAIL;
    memset(signature, 0, sizeof *signature);
    memcpy(signature->r + 32, rs, 32);
    memcpy(signature->s + 32, rs + 32, 32);
    return OK;
}

static file_t *find_file(const char *name)
{
    for (int i = 0; i < FILES; i++)
        if (strcmp(device.files[i].name, name) == 0) return &device.files[i];
    return NULL;
}

ULONG SKF_EnumFiles(HANDLE handle, LPSTR names, ULONG *size)
{
    char list[FILES * 33 + 2] = { 0 };
    ULONG length = 0, result = use(handle);
    if (result != OK) return result;
    for (int i = 0; i < FILES; i++)
        if (device.files[i].name[0] != 0) length = append(list, length, device.files[i].name);
    return give(list, length + 1, names, size);
}

ULONG SKF_CreateFile(HANDLE handle, LPSTR name, ULONG size, ULONG read, ULONG write)
{
    ULONG used = 0, result = use_signed_in(handle);
    if (result != OK) return result;
    if (strlen(name) > 31 || name[0] == 0) return NAME_LENGTH;
    if (find_file(name) != NULL) return FILE_EXISTS;
    for (int i = 0; i < FILES; i++) used += device.files[i].size;
    file_t *file = find_file("");
    const char *room = getenv("SEAL_SKF_DEVICE_ROOM");
    if (file == NULL || used + size > (room == NULL ? ROOM : (ULONG)atoi(room))) return NO_ROOM;
    strcpy(file->name, name);
    file->size = size;
    file->read = read;
    file->write = write;
    memset(file->data, 0, sizeof file->data);
    return save(((handle_t *)handle)->plugged);
}

ULONG SKF_DeleteFile(HANDLE handle, LPSTR name)
{
    ULONG result = use_signed_in(handle);
    if (result != OK) return result;
    file_t *file = find_file(name);
    if (file == NULL) return NO_FILE;
    file->name[0] = 0;
    file->size = 0;
    return save(((handle_t *)handle)->plugged);
}

ULONG SKF_GetFileInfo(HANDLE handle, LPSTR name, FILEATTRIBUTE *info)
{
    ULONG result = use(handle);
    if (result != OK) return result;
    file_t *file = find_file(name);
    if (file == NULL) return NO_FILE;
    memset(info, 0, sizeof *info);
    memcpy(info->FileName, file->name, sizeof info->FileName);
    info->FileSize = file->size;
    info->ReadRights = file->read;
    info->WriteRights = file->write;
    return OK;
}

ULONG SKF_ReadFile(HANDLE handle, LPSTR name, ULONG offset, ULONG size, BYTE *data, ULONG *length)
{
    ULONG result = use(handle);
    if (result != OK) return result;
    file_t *file = find_file(name);
    if (file == NULL) return NO_FILE;
    if (file->read != 0xFF && !((handle_t *)handle)->plugged->logged_in) return NOT_LOGGED_IN;
    if (offset > file->size) return INVALID_PARAMETER;
    if (size > file->size - offset) size = file->size - offset;
    return give((const char *)file->data + offset, size, (LPSTR)data, length);
}

ULONG SKF_WriteFile(HANDLE handle, LPSTR name, ULONG offset, BYTE *data, ULONG size)
{
    ULONG result = use_signed_in(handle);
    if (result != OK) return result;
    file_t *file = find_file(name);
    if (file == NULL) return NO_FILE;
    if (offset > file->size || size > file->size - offset) return INVALID_PARAMETER;
    memcpy(file->data + offset, data, size);
    return save(((handle_t *)handle)->plugged);
}
