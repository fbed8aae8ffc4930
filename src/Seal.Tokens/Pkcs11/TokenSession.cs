namespace Seal.Tokens.Pkcs11;

/// <summary>One open session: used by one thread at a time. Every failure is a <see cref="TokenException"/> that names the token.</summary>
internal sealed unsafe class TokenSession : IDisposable
{
    private readonly FunctionList functions;
    private readonly string token;
    private readonly nuint session;

    public TokenSession(FunctionList functions, nuint slot, string token)
    {
        this.functions = functions;
        this.token = token;
        nuint handle;
        Check(functions.OpenSession(slot, Ck.Flag.SerialSession | Ck.Flag.RwSession, null, null, &handle), "C_OpenSession");
        session = handle;
    }

    public CkResult Login(nuint user, ReadOnlySpan<byte> pin)
    {
        fixed (byte* start = pin)
            return (CkResult)functions.Login(session, user, start, (nuint)pin.Length);
    }

    public CkResult Logout() => (CkResult)functions.Logout(session);

    public CkResult SetPin(ReadOnlySpan<byte> oldPin, ReadOnlySpan<byte> newPin)
    {
        fixed (byte* from = oldPin, to = newPin)
            return (CkResult)functions.SetPin(session, from, (nuint)oldPin.Length, to, (nuint)newPin.Length);
    }

    public CkResult InitPin(ReadOnlySpan<byte> pin)
    {
        fixed (byte* start = pin)
            return (CkResult)functions.InitPin(session, start, (nuint)pin.Length);
    }

    /// <summary>Handles of at most <paramref name="maximum"/> objects that fit the template.</summary>
    public IReadOnlyList<nuint> Find(AttributeTemplate template, int maximum = 64)
    {
        CkAttribute[] native = template.ToNative();
        fixed (CkAttribute* attributes = native)
            Check(functions.FindObjectsInit(session, attributes, (nuint)native.Length), "C_FindObjectsInit");
        GC.KeepAlive(template);
        nuint[] found = new nuint[maximum];
        nuint count;
        fixed (nuint* handles = found)
            Check(functions.FindObjects(session, handles, (nuint)maximum, &count), "C_FindObjects");
        Check(functions.FindObjectsFinal(session), "C_FindObjectsFinal");
        return found[..(int)count];
    }

    /// <summary>The value of one attribute.</summary>
    public byte[] Get(nuint handle, nuint attributeType)
    {
        var attribute = new CkAttribute { Type = attributeType };
        Check(functions.GetAttributeValue(session, handle, &attribute, 1), "C_GetAttributeValue");
        byte[] value = new byte[checked((int)attribute.Length)];
        fixed (byte* start = value)
        {
            attribute.Value = start;
            Check(functions.GetAttributeValue(session, handle, &attribute, 1), "C_GetAttributeValue");
        }

        return value;
    }

    public nuint CreateObject(AttributeTemplate template)
    {
        CkAttribute[] native = template.ToNative();
        nuint handle;
        fixed (CkAttribute* attributes = native)
            Check(functions.CreateObject(session, attributes, (nuint)native.Length, &handle), "C_CreateObject");
        GC.KeepAlive(template);
        return handle;
    }

    public void DestroyObject(nuint handle) => Check(functions.DestroyObject(session, handle), "C_DestroyObject");

    public nuint GenerateKey(nuint mechanismType, AttributeTemplate template)
    {
        CkAttribute[] native = template.ToNative();
        var mechanism = new CkMechanism { Type = mechanismType };
        nuint handle;
        fixed (CkAttribute* attributes = native)
            Check(functions.GenerateKey(session, &mechanism, attributes, (nuint)native.Length, &handle), "C_GenerateKey");
        GC.KeepAlive(template);
        return handle;
    }

    public (nuint PublicKey, nuint PrivateKey) GenerateKeyPair(nuint mechanismType, AttributeTemplate publicKey, AttributeTemplate privateKey)
    {
        CkAttribute[] publicNative = publicKey.ToNative(), privateNative = privateKey.ToNative();
        var mechanism = new CkMechanism { Type = mechanismType };
        nuint publicHandle, privateHandle;
        fixed (CkAttribute* publicAttributes = publicNative, privateAttributes = privateNative)
        {
            Check(
                functions.GenerateKeyPair(
                    session, &mechanism, publicAttributes, (nuint)publicNative.Length,
                    privateAttributes, (nuint)privateNative.Length, &publicHandle, &privateHandle),
                "C_GenerateKeyPair");
        }

        GC.KeepAlive(publicKey);
        GC.KeepAlive(privateKey);
        return (publicHandle, privateHandle);
    }

    /// <summary>Signs with a mechanism that has no parameter, or with PSS over SHA-256.</summary>
    public byte[] Sign(nuint key, nuint mechanismType, ReadOnlySpan<byte> data)
    {
        var pss = new CkRsaPssParameters { HashAlgorithm = Ck.Mechanism.Sha256, MaskGeneration = Ck.Mgf1Sha256, SaltLength = 32 };
        var mechanism = new CkMechanism { Type = mechanismType };
        if (mechanismType == Ck.Mechanism.Sha256RsaPkcsPss)
        {
            mechanism.Parameter = &pss;
            mechanism.ParameterLength = (nuint)sizeof(CkRsaPssParameters);
        }

        Check(functions.SignInit(session, &mechanism, key), "C_SignInit");
        byte[] signature = new byte[1024]; // RSA of 8192 bits
        nuint length = (nuint)signature.Length;
        fixed (byte* from = data, to = signature)
            Check(functions.Sign(session, from, (nuint)data.Length, to, &length), "C_Sign");
        return signature[..(int)length];
    }

    /// <summary>AES-GCM with a nonce of 12 bytes and a tag of 16 behind the ciphertext.</summary>
    public byte[] AesGcm(bool encrypt, nuint key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> input)
    {
        byte[] output = new byte[input.Length + 16];
        nuint length = (nuint)output.Length;
        fixed (byte* iv = nonce, aad = associatedData, from = input, to = output)
        {
            var parameters = new CkGcmParameters
            {
                Iv = iv,
                IvLength = (nuint)nonce.Length,
                IvBits = (nuint)nonce.Length * 8,
                AssociatedData = aad,
                AssociatedDataLength = (nuint)associatedData.Length,
                TagBits = 128,
            };
            var mechanism = new CkMechanism
            {
                Type = Ck.Mechanism.AesGcm,
                Parameter = &parameters,
                ParameterLength = (nuint)sizeof(CkGcmParameters),
            };
            if (encrypt)
            {
                Check(functions.EncryptInit(session, &mechanism, key), "C_EncryptInit");
                Check(functions.Encrypt(session, from, (nuint)input.Length, to, &length), "C_Encrypt");
            }
            else
            {
                Check(functions.DecryptInit(session, &mechanism, key), "C_DecryptInit");
                Check(functions.Decrypt(session, from, (nuint)input.Length, to, &length), "C_Decrypt");
            }
        }

        byte[] result = output[..(int)length];
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(output);
        return result;
    }

    public byte[] Random(int length)
    {
        byte[] random = new byte[length];
        fixed (byte* start = random)
            Check(functions.GenerateRandom(session, start, (nuint)length), "C_GenerateRandom");
        return random;
    }

    /// <summary>Closes the session; one that is void already has nothing left to close.</summary>
    public void Dispose() => functions.CloseSession(session);

    private void Check(nuint result, string function)
    {
        if ((CkResult)result != CkResult.Ok)
            throw new TokenException(token, function, (CkResult)result);
    }
}
