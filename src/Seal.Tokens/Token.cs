using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Tokens.Pkcs11;

namespace Seal.Tokens;

/// <summary>
/// A token, with sessions kept open and shared by several threads. It is remembered by its serial number:
/// when it was pulled out, calls fail with a <see cref="TokenException"/> that names it, and work again once
/// it is back in any slot.
/// </summary>
public sealed class Token : IHolderDevice
{
    /// <summary>Most sessions kept open for callers at once, unless said otherwise.</summary>
    public const int DefaultSessions = 16;

    private readonly Pkcs11Module _module;
    private readonly TokenSessions _sessions;
    private readonly TokenObjects _objects;
    private volatile DeviceProfile? _profile;

    internal Token(Pkcs11Module module, TokenFacts facts, int sessions)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sessions);
        _module = module;
        Label = facts.Label;
        SerialNumber = facts.SerialNumber;
        // One session is never lent: see TokenConnection.
        var allowed = facts.MaximumSessions is { } most ? Math.Max(1, most - 1) : sessions;
        _sessions = new TokenSessions(module, ToString(), SerialNumber, Facts, Math.Min(sessions, allowed));
        _objects = new TokenObjects(this);
    }

    /// <inheritdoc/>
    public string Label { get; }

    /// <inheritdoc/>
    public string SerialNumber { get; }

    /// <summary>How the token signs with SM2, or null while it cannot; see <see cref="Register"/>.</summary>
    public DeviceProfile? Profile => _profile;

    /// <summary>The token's facts as they are now.</summary>
    /// <exception cref="TokenException">It is in no slot, or its library does not answer.</exception>
    public TokenFacts Facts()
    {
        try
        {
            return _module.Tokens().FirstOrDefault(token => token.SerialNumber == SerialNumber && token.Label == Label)
                   ?? throw new TokenException(ToString(), CkResult.TokenNotPresent, "it is in no slot");
        }
        catch (TokenException library) when (library.Token == _module.Path)
        {
            throw new TokenException(ToString(), CkResult.TokenNotPresent, $"its library does not answer: {library.Message.TrimEnd('.')}");
        }
    }

    /// <inheritdoc/>
    public PinState UserPin() => new(Facts().Tries);

    /// <summary>
    /// Signs in as the user. The PIN is kept in memory to sign in again after the token was out. Where
    /// another part of this process has signed in already, PKCS#11 accepts any PIN.
    /// </summary>
    public PinOutcome SignIn(TokenPin pin)
    {
        var outcome = Outcome(Use(session => session.Login(Ck.User.Normal, pin.Utf8)), "C_Login");
        if (outcome == PinOutcome.Accepted)
        {
            _sessions.Remember(pin.Copy());
        }

        return outcome;
    }

    /// <inheritdoc/>
    public void SignOut()
    {
        _sessions.Remember(null);
        Use(static session => session.Logout());
    }

    /// <inheritdoc/>
    public PinOutcome ChangePin(TokenPin oldPin, TokenPin newPin)
    {
        var outcome = Outcome(Use(session => session.SetPin(oldPin.Utf8, newPin.Utf8)), "C_SetPIN");
        if (outcome == PinOutcome.Accepted)
        {
            _sessions.Replace(newPin);
        }

        return outcome;
    }

    /// <inheritdoc/>
    public PinOutcome Unblock(TokenPin securityOfficerPin, TokenPin newPin)
    {
        SignOut();
        return Use(session =>
        {
            var outcome = Outcome(session.Login(Ck.User.SecurityOfficer, securityOfficerPin.Utf8), "C_Login as security officer");
            if (outcome != PinOutcome.Accepted)
            {
                return outcome;
            }

            try
            {
                return Outcome(session.InitPin(newPin.Utf8), "C_InitPIN");
            }
            finally
            {
                session.Logout();
            }
        });
    }

    /// <inheritdoc/>
    public byte[] Random(int length) => Use(session => session.Random(length));

    /// <summary>
    /// Lets the token sign with SM2 as a profile says, after trying it: a pair of keys made for it, a few
    /// messages signed, the signatures verified by <see cref="Signatures"/>, the pair destroyed.
    /// </summary>
    /// <param name="profile">The maker's way.</param>
    /// <param name="entry">A pair of keys on the token to try it on, where none may be made.</param>
    /// <exception cref="TokenException">The profile does not fit the token, and why; the token goes on without it.</exception>
    public void Register(DeviceProfile profile, DeviceEntry? entry = null)
    {
        ProfileTest.Run(this, profile, entry);
        _profile = profile;
    }

    /// <inheritdoc/>
    public IReadOnlyList<DeviceEntry> Entries() => _objects.Entries();

    /// <summary>The key pair of a label, or null if there is none.</summary>
    /// <param name="label">Label and id of the key pair.</param>
    /// <param name="algorithm">How it is to sign: RSA, ECDSA, or SM2 by the registered profile.</param>
    public TokenSigner? FindSigner(string label, SignatureAlgorithm algorithm) => TokenSigner.Find(this, label, Recipe(algorithm), algorithm);

    /// <summary>The key pair of an entry, whoever wrote it there.</summary>
    /// <exception cref="TokenException">The entry has no key pair to sign with.</exception>
    public TokenSigner OpenSigner(DeviceEntry entry, SignatureAlgorithm algorithm) => TokenSigner.Open(this, entry, Recipe(algorithm), algorithm);

    /// <summary>Makes a key pair on the token, never to leave it, and tries it once.</summary>
    /// <param name="label">Label and id of the key pair; must be free.</param>
    /// <param name="algorithm">How it is to sign: RSA, ECDSA, or SM2 by the registered profile.</param>
    /// <param name="rsaBits">Length of the modulus, for RSA only.</param>
    public TokenSigner GenerateSigner(string label, SignatureAlgorithm algorithm, int rsaBits = 2048) =>
        TokenSigner.Generate(this, label, Recipe(algorithm), algorithm, rsaBits);

    /// <summary>The AES-256 master key of a label; made on first use, never to leave the token.</summary>
    public TokenSecretWrapper MasterKey(string label)
    {
        var key = FindMasterKey(label, []);
        key.Make();
        return key;
    }

    /// <summary>An AES-256 master key that may be there or not; nothing is made.</summary>
    /// <param name="label">Its label.</param>
    /// <param name="keyId">12 bytes that go into all it wraps, so that its key is known from it; or none.</param>
    public TokenSecretWrapper FindMasterKey(string label, ReadOnlySpan<byte> keyId) => new(this, label, keyId);

    /// <inheritdoc/>
    public void WriteCertificate(string label, Certificate certificate) => _objects.WriteCertificate(label, certificate);

    /// <inheritdoc/>
    public Certificate? ReadCertificate(string label) => _objects.ReadCertificate(label);

    /// <inheritdoc/>
    /// <remarks>PKCS#11 has no standard way to open an SM2EnvelopedKey on the token, and makers publish none: it always refuses.</remarks>
    public void ImportEncryptionKey(string label, ReadOnlyMemory<byte> envelope, Certificate certificate)
    {
        CertificateFit.RequirePoint(this, label, Sm2EnvelopedKey.PointOf(envelope), certificate);
        throw new TokenException(ToString(), TokenFailure.Unsupported, "PKCS#11 has no way to bring it an SM2 encryption key: use its maker's SKF library");
    }

    /// <inheritdoc/>
    public Certificate? ReadEncryptionCertificate(string label) => null;

    /// <inheritdoc/>
    public void WriteData(string label, ReadOnlySpan<byte> data) => _objects.WriteData(label, data.ToArray());

    /// <inheritdoc/>
    public byte[]? ReadData(string label) => _objects.ReadData(label);

    /// <summary>Closes all sessions and forgets the PIN.</summary>
    public void Dispose() => _sessions.Dispose();

    /// <summary>Label and serial number, as messages name the token.</summary>
    public override string ToString() => $"Token '{Label}' (serial {SerialNumber})";

    ISigner? IHolderDevice.FindSigner(string label, SignatureAlgorithm algorithm) => FindSigner(label, algorithm);

    ISigner IHolderDevice.OpenSigner(DeviceEntry entry, SignatureAlgorithm algorithm) => OpenSigner(entry, algorithm);

    ISigner IHolderDevice.GenerateSigner(string label, SignatureAlgorithm algorithm) => GenerateSigner(label, algorithm);

    /// <summary>Label and id both carry the label, so that other software shows what belongs together.</summary>
    internal static AttributeTemplate Labelled(nuint objectClass, string label)
    {
        var name = System.Text.Encoding.UTF8.GetBytes(label);
        return new AttributeTemplate()
            .With(Ck.Attribute.Class, objectClass)
            .With(Ck.Attribute.Label, name)
            .With(Ck.Attribute.Id, name);
    }

    internal T Use<T>(Func<TokenSession, T> work) => _sessions.Use((session, _) => work(session));

    /// <inheritdoc cref="TokenSessions.Use{T}(Func{TokenSession, TokenConnection, T})"/>
    internal T Use<T>(Func<TokenSession, TokenConnection, T> work) => _sessions.Use(work);

    /// <inheritdoc cref="TokenSessions.Change"/>
    internal T Change<T>(Func<TokenSession, T> work) => _sessions.Change(work);

    private SigningRecipe Recipe(SignatureAlgorithm algorithm) => SigningRecipe.Of(algorithm, _profile, ToString());

    private PinOutcome Outcome(CkResult result, string function) => result switch
    {
        CkResult.Ok or CkResult.UserAlreadyLoggedIn => PinOutcome.Accepted,
        CkResult.PinIncorrect => PinOutcome.Wrong,
        CkResult.PinLocked => PinOutcome.Locked,
        CkResult.PinInvalid or CkResult.PinLenRange => PinOutcome.Unfit,
        CkResult.UserPinNotInitialized => PinOutcome.NotSet,
        CkResult.PinExpired => PinOutcome.Expired,
        _ => throw new TokenException(ToString(), function, result),
    };
}
