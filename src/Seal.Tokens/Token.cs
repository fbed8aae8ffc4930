using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Tokens.Pkcs11;

namespace Seal.Tokens;

/// <summary>
/// A token, with sessions kept open and shared by several threads. It is remembered by its serial number:
/// when it was pulled out, calls fail with a <see cref="TokenException"/> that names it, and work again once
/// it is back in any slot.
/// </summary>
public sealed class Token : IDisposable
{
    private const int MaximumSessions = 16;

    private readonly Pkcs11Module _module;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _sessions = new(MaximumSessions);
    private TokenConnection? _connection;
    private TokenPin? _signedInWith;

    internal Token(Pkcs11Module module, TokenFacts facts)
    {
        _module = module;
        Label = facts.Label;
        SerialNumber = facts.SerialNumber;
    }

    /// <summary>The token's name.</summary>
    public string Label { get; }

    /// <summary>The maker's serial number.</summary>
    public string SerialNumber { get; }

    /// <summary>The token's facts as they are now.</summary>
    public TokenFacts Facts() =>
        _module.Tokens().FirstOrDefault(token => token.SerialNumber == SerialNumber && token.Label == Label)
        ?? throw new TokenException(ToString(), CkResult.TokenNotPresent, "it is in no slot");

    /// <summary>
    /// Signs in as the user. The PIN is kept in memory to sign in again after the token was out. Where
    /// another part of this process has signed in already, PKCS#11 accepts any PIN.
    /// </summary>
    public PinOutcome SignIn(TokenPin pin)
    {
        var outcome = Outcome(Use(session => session.Login(Ck.User.Normal, pin.Utf8)), "C_Login");
        if (outcome == PinOutcome.Accepted)
        {
            Remember(pin.Copy());
        }

        return outcome;
    }

    /// <summary>Signs out and forgets the PIN.</summary>
    public void SignOut()
    {
        Remember(null);
        Use(static session => session.Logout());
    }

    /// <summary>Changes the user PIN.</summary>
    public PinOutcome ChangePin(TokenPin oldPin, TokenPin newPin)
    {
        var outcome = Outcome(Use(session => session.SetPin(oldPin.Utf8, newPin.Utf8)), "C_SetPIN");
        if (outcome == PinOutcome.Accepted)
        {
            Remember(newPin.Copy());
        }

        return outcome;
    }

    /// <summary>Sets a new user PIN as security officer, where the old one is locked or forgotten. Signs everybody out.</summary>
    /// <returns>What the token said to the security officer's PIN.</returns>
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

    /// <summary>Random bytes made by the token.</summary>
    public byte[] Random(int length) => Use(session => session.Random(length));

    /// <summary>The key pair of a label, or null if there is none.</summary>
    /// <param name="label">Label and id of the key pair.</param>
    /// <param name="algorithm">How it is to sign: RSA or ECDSA.</param>
    public TokenSigner? FindSigner(string label, SignatureAlgorithm algorithm) => TokenSigner.Find(this, label, algorithm);

    /// <summary>Makes a key pair on the token, never to leave it, and tries it once.</summary>
    /// <param name="label">Label and id of the key pair; must be free.</param>
    /// <param name="algorithm">How it is to sign: RSA or ECDSA.</param>
    /// <param name="rsaBits">Length of the modulus, for RSA only.</param>
    public TokenSigner GenerateSigner(string label, SignatureAlgorithm algorithm, int rsaBits = 2048) =>
        TokenSigner.Generate(this, label, algorithm, rsaBits);

    /// <summary>The AES-256 master key of a label; made on first use, never to leave the token.</summary>
    public TokenSecretWrapper MasterKey(string label) => TokenSecretWrapper.FindOrGenerate(this, label);

    /// <summary>Writes a certificate beside the key pair of a label, in place of an earlier one.</summary>
    public void WriteCertificate(string label, Certificate certificate) => Use(session =>
    {
        foreach (var old in session.Find(Labelled(Ck.ObjectClass.Certificate, label)))
        {
            session.DestroyObject(old);
        }

        var serial = new byte[certificate.SerialNumber.Length + 2];
        serial[0] = 0x02; // CKA_SERIAL_NUMBER is the DER INTEGER; serial numbers are shorter than 128 bytes
        serial[1] = checked((byte)certificate.SerialNumber.Length);
        certificate.SerialNumber.CopyTo(serial.AsMemory(2));
        return session.CreateObject(Labelled(Ck.ObjectClass.Certificate, label)
            .With(Ck.Attribute.Token, true)
            .With(Ck.Attribute.Private, false)
            .With(Ck.Attribute.CertificateType, (nuint)0)
            .With(Ck.Attribute.Subject, certificate.Subject.RawData.Span)
            .With(Ck.Attribute.Issuer, certificate.Issuer.RawData.Span)
            .With(Ck.Attribute.SerialNumber, serial)
            .With(Ck.Attribute.Value, certificate.RawData.Span));
    });

    /// <summary>The certificate beside the key pair of a label, or null.</summary>
    public Certificate? ReadCertificate(string label) => Use(session =>
        session.Find(Labelled(Ck.ObjectClass.Certificate, label), 1) is [var handle]
            ? Certificate.Parse(session.Get(handle, Ck.Attribute.Value))
            : null);

    /// <summary>Closes all sessions and forgets the PIN.</summary>
    public void Dispose()
    {
        Remember(null);
        lock (_gate)
        {
            _connection?.Dispose();
            _connection = null;
        }

        _sessions.Dispose();
    }

    /// <summary>Label and serial number, as messages name the token.</summary>
    public override string ToString() => $"Token '{Label}' (serial {SerialNumber})";

    /// <summary>Label and id both carry the label, so that other software shows what belongs together.</summary>
    internal static AttributeTemplate Labelled(nuint objectClass, string label)
    {
        var name = System.Text.Encoding.UTF8.GetBytes(label);
        return new AttributeTemplate()
            .With(Ck.Attribute.Class, objectClass)
            .With(Ck.Attribute.Label, name)
            .With(Ck.Attribute.Id, name);
    }

    internal T Use<T>(Func<TokenSession, T> work) => Use((session, _) => work(session));

    /// <summary>
    /// Lends a session. Work that fails because the token had been pulled out is done once more on the token
    /// as it is now: the first try reached nothing.
    /// </summary>
    internal T Use<T>(Func<TokenSession, TokenConnection, T> work)
    {
        _sessions.Wait();
        try
        {
            for (var isFirst = true; ; isFirst = false)
            {
                var current = Connect();
                try
                {
                    return Use(current, work);
                }
                catch (TokenException failure) when (failure.Result.IsLostConnection())
                {
                    Drop(current);
                    if (!isFirst)
                    {
                        throw;
                    }
                }
            }
        }
        finally
        {
            _sessions.Release();
        }
    }

    private static T Use<T>(TokenConnection current, Func<TokenSession, TokenConnection, T> work)
    {
        var session = current.Rent();
        try
        {
            var result = work(session, current);
            current.Return(session);
            return result;
        }
        catch
        {
            session.Dispose(); // may have an operation begun
            throw;
        }
    }

    private TokenConnection Connect()
    {
        lock (_gate)
        {
            if (_connection is not null)
            {
                return _connection;
            }

            var facts = Facts();
            var opened = new TokenConnection(_module.Functions, (nuint)facts.Slot, $"{this} in slot {facts.Slot}");
            try
            {
                SignInAgain(opened);
            }
            catch
            {
                opened.Dispose();
                throw;
            }

            return _connection = opened;
        }
    }

    private void SignInAgain(TokenConnection opened)
    {
        if (_signedInWith is null)
        {
            return;
        }

        var result = opened.SignIn(_signedInWith);
        if (result is CkResult.Ok or CkResult.UserAlreadyLoggedIn)
        {
            return;
        }

        if (!result.IsLostConnection())
        {
            // Changed elsewhere in the meantime: trying it again would only lock the token.
            _signedInWith.Dispose();
            _signedInWith = null;
        }

        throw new TokenException(ToString(), "C_Login", result);
    }

    private void Drop(TokenConnection lost)
    {
        lock (_gate)
        {
            if (_connection == lost)
            {
                _connection = null;
            }
        }

        lost.Dispose();
    }

    private void Remember(TokenPin? pin)
    {
        lock (_gate)
        {
            _signedInWith?.Dispose();
            _signedInWith = pin;
        }
    }

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
