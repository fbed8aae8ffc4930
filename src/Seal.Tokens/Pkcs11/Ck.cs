namespace Seal.Tokens.Pkcs11;

/// <summary>Numbers of PKCS#11 2.40 that we use, under the names the standard gives them without their prefix.</summary>
internal static class Ck
{
    public static class Flag
    {
        public const nuint OsLockingOk = 1 << 1;
        public const nuint RwSession = 1 << 1;
        public const nuint SerialSession = 1 << 2;
        public const nuint UserPinInitialized = 1 << 3;
        public const nuint TokenInitialized = 1 << 10;
        public const nuint UserPinCountLow = 1 << 16;
        public const nuint UserPinFinalTry = 1 << 17;
        public const nuint UserPinLocked = 1 << 18;
    }

    public static class User
    {
        public const nuint SecurityOfficer = 0;
        public const nuint Normal = 1;
    }

    public static class ObjectClass
    {
        public const nuint Data = 0;
        public const nuint Certificate = 1;
        public const nuint PublicKey = 2;
        public const nuint PrivateKey = 3;
        public const nuint SecretKey = 4;
    }

    public static class KeyType
    {
        public const nuint Rsa = 0;
        public const nuint Ec = 3;
        public const nuint Aes = 0x1F;
    }

    public static class Attribute
    {
        public const nuint Class = 0;
        public const nuint Token = 1;
        public const nuint Private = 2;
        public const nuint Label = 3;
        public const nuint Application = 0x10;
        public const nuint Value = 0x11;
        public const nuint CertificateType = 0x80;
        public const nuint Issuer = 0x81;
        public const nuint SerialNumber = 0x82;
        public const nuint KeyType = 0x100;
        public const nuint Subject = 0x101;
        public const nuint Id = 0x102;
        public const nuint Sensitive = 0x103;
        public const nuint Encrypt = 0x104;
        public const nuint Decrypt = 0x105;
        public const nuint Wrap = 0x106;
        public const nuint Unwrap = 0x107;
        public const nuint Sign = 0x108;
        public const nuint Verify = 0x10A;
        public const nuint Modulus = 0x120;
        public const nuint ModulusBits = 0x121;
        public const nuint PublicExponent = 0x122;
        public const nuint ValueLength = 0x161;
        public const nuint Extractable = 0x162;
        public const nuint EcParams = 0x180;
        public const nuint EcPoint = 0x181;
    }

    public static class Mechanism
    {
        public const nuint RsaKeyPairGen = 0;
        public const nuint Sha256RsaPkcs = 0x40;
        public const nuint Sha256RsaPkcsPss = 0x43;
        public const nuint Sha256 = 0x250;
        public const nuint EcKeyPairGen = 0x1040;
        public const nuint Ecdsa = 0x1041;
        public const nuint AesKeyGen = 0x1080;
        public const nuint AesGcm = 0x1087;
    }

    /// <summary>CKG_MGF1_SHA256.</summary>
    public const nuint Mgf1Sha256 = 2;
}
