namespace Seal.Tokens.Pkcs11;

/// <summary>One open session: used by one thread at a time. Every failure is a <see cref="TokenException"/> that names the token.</summary>
internal sealed unsafe class TokenSession : IDisposable
{
    private readonly FunctionList _functions;
    private readonly string _token;
    private readonly nuint _session;

    public TokenSession(FunctionList functions, nuint slot, string token)
    {
        _functions = functions;
        _token = token;
        nuint handle;
        Check(functions.OpenSession(slot, Ck.Flag.SerialSession | Ck.Flag.RwSession, null, null, &handle), "C_OpenSession");
        _session = handle;
    }

    public CkResult Login(nuint user, ReadOnlySpan<byte> pin)
    {
        fixed (byte* start = pin)
        {
            return (CkResult)_functions.Login(_session, user, start, (nuint)pin.Length);
        }
    }

    public CkResult Logout() => (CkResult)_functions.Logout(_session);

    public CkResult SetPin(ReadOnlySpan<byte> oldPin, ReadOnlySpan<byte> newPin)
    {
        fixed (byte* from = oldPin, to = newPin)
        {
            return (CkResult)_functions.SetPin(_session, from, (nuint)oldPin.Length, to, (nuint)newPin.Length);
        }
    }

    public CkResult InitPin(ReadOnlySpan<byte> pin)
    {
        fixed (byte* start = pin)
        {
            return (CkResult)_functions.InitPin(_session, start, (nuint)pin.Length);
        }
    }

    /// <summary>Handles of all objects that fit the template.</summary>
    public IReadOnlyList<nuint> Find(AttributeTemplate template)
    {
        var native = template.ToNative();
        fixed (CkAttribute* attributes = native)
        {
            Check(_functions.FindObjectsInit(_session, attributes, (nuint)native.Length), "C_FindObjectsInit");
        }

        GC.KeepAlive(template);
        var found = new List<nuint>();
        var page = stackalloc nuint[64];
        nuint count;
        do
        {
            Check(_functions.FindObjects(_session, page, 64, &count), "C_FindObjects");
            found.AddRange(new ReadOnlySpan<nuint>(page, (int)count));
        }
        while (count == 64);

        Check(_functions.FindObjectsFinal(_session), "C_FindObjectsFinal");
        return found;
    }

    /// <summary>The value of one attribute, or empty where the object has none or keeps it to itself.</summary>
    public byte[] GetIfAny(nuint handle, nuint attributeType)
    {
        try
        {
            return Get(handle, attributeType);
        }
        catch (TokenException absent) when (absent.Result is CkResult.AttributeTypeInvalid or CkResult.AttributeSensitive)
        {
            return [];
        }
    }

    /// <summary>The value of one attribute.</summary>
    public byte[] Get(nuint handle, nuint attributeType)
    {
        var attribute = new CkAttribute { Type = attributeType };
        Check(_functions.GetAttributeValue(_session, handle, &attribute, 1), "C_GetAttributeValue");
        var value = new byte[checked((int)attribute.Length)];
        fixed (byte* start = value)
        {
            attribute.Value = start;
            Check(_functions.GetAttributeValue(_session, handle, &attribute, 1), "C_GetAttributeValue");
        }

        return value;
    }

    public nuint CreateObject(AttributeTemplate template)
    {
        var native = template.ToNative();
        nuint handle;
        fixed (CkAttribute* attributes = native)
        {
            Check(_functions.CreateObject(_session, attributes, (nuint)native.Length, &handle), "C_CreateObject");
        }

        GC.KeepAlive(template);
        return handle;
    }

    public void DestroyObject(nuint handle) => Check(_functions.DestroyObject(_session, handle), "C_DestroyObject");

    public nuint GenerateKey(nuint mechanismType, AttributeTemplate template)
    {
        var native = template.ToNative();
        var mechanism = new CkMechanism { Type = mechanismType };
        nuint handle;
        fixed (CkAttribute* attributes = native)
        {
            Check(_functions.GenerateKey(_session, &mechanism, attributes, (nuint)native.Length, &handle), "C_GenerateKey");
        }

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
                _functions.GenerateKeyPair(
                    _session, &mechanism, publicAttributes, (nuint)publicNative.Length,
                    privateAttributes, (nuint)privateNative.Length, &publicHandle, &privateHandle),
                "C_GenerateKeyPair");
        }

        GC.KeepAlive(publicKey);
        GC.KeepAlive(privateKey);
        return (publicHandle, privateHandle);
    }

    /// <summary>Signs in one go.</summary>
    /// <param name="key">The private key's handle.</param>
    /// <param name="mechanismType">CKM_….</param>
    /// <param name="parameter">The mechanism's parameter; empty for none.</param>
    /// <param name="data">What the mechanism takes.</param>
    public byte[] Sign(nuint key, nuint mechanismType, ReadOnlySpan<byte> parameter, ReadOnlySpan<byte> data)
    {
        var signature = new byte[1024]; // RSA of 8192 bits
        var length = (nuint)signature.Length;
        fixed (byte* with = parameter, from = data, to = signature)
        {
            var mechanism = new CkMechanism { Type = mechanismType, Parameter = with, ParameterLength = (nuint)parameter.Length };
            Check(_functions.SignInit(_session, &mechanism, key), "C_SignInit");
            Check(_functions.Sign(_session, from, (nuint)data.Length, to, &length), "C_Sign");
        }

        return signature[..(int)length];
    }

    /// <summary>AES-GCM with a nonce of 12 bytes and a tag of 16 behind the ciphertext.</summary>
    public byte[] AesGcm(bool encrypt, nuint key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> input)
    {
        var output = new byte[input.Length + 16];
        var length = (nuint)output.Length;
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
                Check(_functions.EncryptInit(_session, &mechanism, key), "C_EncryptInit");
                Check(_functions.Encrypt(_session, from, (nuint)input.Length, to, &length), "C_Encrypt");
            }
            else
            {
                Check(_functions.DecryptInit(_session, &mechanism, key), "C_DecryptInit");
                Check(_functions.Decrypt(_session, from, (nuint)input.Length, to, &length), "C_Decrypt");
            }
        }

        var result = output[..(int)length];
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(output);
        return result;
    }

    public byte[] Random(int length)
    {
        var random = new byte[length];
        fixed (byte* start = random)
        {
            Check(_functions.GenerateRandom(_session, start, (nuint)length), "C_GenerateRandom");
        }

        return random;
    }

    /// <summary>Closes the session; one that is void already has nothing left to close.</summary>
    public void Dispose() => _functions.CloseSession(_session);

    private void Check(nuint result, string function)
    {
        if ((CkResult)result != CkResult.Ok)
        {
            throw new TokenException(_token, function, (CkResult)result);
        }
    }
}
