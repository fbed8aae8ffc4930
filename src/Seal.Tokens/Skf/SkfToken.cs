using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;

namespace Seal.Tokens.Skf;

/// <summary>
/// An application on an SKF device (GM/T 0016): its PINs, containers and files. Remembered by the device's serial
/// number: pulled out, calls fail with a <see cref="TokenException"/> that names it, and work again once it is
/// back in any port. A label is a container's name (up to 64 bytes) or a file's (up to 31).
/// </summary>
public sealed class SkfToken : IHolderDevice
{
    private readonly SkfLibrary _library;
    private SkfConnection? _connection;
    private TokenPin? _signedInWith;

    internal SkfToken(SkfLibrary library, SkfDeviceFacts device, string application)
    {
        _library = library;
        Label = device.Label;
        SerialNumber = device.SerialNumber;
        Application = application;
    }

    /// <inheritdoc/>
    public string Label { get; }

    /// <inheritdoc/>
    public string SerialNumber { get; }

    /// <summary>The application's name.</summary>
    public string Application { get; }

    /// <inheritdoc/>
    public PinState UserPin() => Use(static connection => connection.UserPin());

    /// <inheritdoc/>
    public PinOutcome SignIn(TokenPin pin) =>
        Use(connection => Remembering(pin, Outcome(connection.VerifyPin(pin), "SKF_VerifyPIN")));

    /// <inheritdoc/>
    public void SignOut()
    {
        Forget();
        Use(static connection => connection.SignOut());
    }

    /// <inheritdoc/>
    public PinOutcome ChangePin(TokenPin oldPin, TokenPin newPin) => Use(connection =>
    {
        var outcome = Outcome(connection.ChangePin(oldPin, newPin), "SKF_ChangePIN");
        return _signedInWith is null ? outcome : Remembering(newPin, outcome);
    });

    /// <inheritdoc/>
    public PinOutcome Unblock(TokenPin securityOfficerPin, TokenPin newPin)
    {
        SignOut();
        return Use(connection => Outcome(connection.Unblock(securityOfficerPin, newPin), "SKF_UnblockPIN"));
    }

    /// <inheritdoc/>
    public byte[] Random(int length) => Use(connection => connection.Random(length));

    /// <inheritdoc/>
    public IReadOnlyList<DeviceEntry> Entries() => Use(static connection =>
    {
        var entries = new List<DeviceEntry>();
        foreach (var name in connection.Containers())
        {
            using var container = connection.OpenContainer(name);
            entries.Add(container.Describe(name));
        }

        return entries;
    });

    /// <summary>The SM2 key pair for signing in the container of a label, or null if there is none.</summary>
    /// <exception cref="ArgumentException">Another algorithm than SM2.</exception>
    public SkfSigner? FindSigner(string label, SignatureAlgorithm algorithm)
    {
        OnlySm2(algorithm);
        return Within(label, static container => container.PublicKey()) is { } publicKey ? new SkfSigner(this, label, publicKey) : null;
    }

    /// <summary>The SM2 key pair for signing of an entry.</summary>
    /// <exception cref="TokenException">The entry has none.</exception>
    /// <exception cref="ArgumentException">Another algorithm than SM2.</exception>
    public SkfSigner OpenSigner(DeviceEntry entry, SignatureAlgorithm algorithm)
    {
        OnlySm2(algorithm);
        return entry.HasPrivateKey
            ? new SkfSigner(this, entry.Label, entry.SubjectPublicKeyInfo)
            : throw new TokenException(ToString(), SarResult.KeyNotFound, $"container '{entry.Label}' has no SM2 key pair for signing");
    }

    /// <summary>Makes an SM2 key pair in a container of this label, never to leave the device, and tries it once.</summary>
    /// <exception cref="InvalidOperationException">The container has one already.</exception>
    /// <exception cref="TokenException">The device is full, not there, or nobody has signed in.</exception>
    /// <exception cref="ArgumentException">Another algorithm than SM2.</exception>
    public SkfSigner GenerateSigner(string label, SignatureAlgorithm algorithm)
    {
        OnlySm2(algorithm);
        var publicKey = Use(connection =>
        {
            using var container = connection.OpenContainer(label, create: !connection.Containers().Contains(label, StringComparer.Ordinal));
            return container.PublicKey() is null
                ? container.Generate()
                : throw new InvalidOperationException($"{this} already has a key pair '{label}'.");
        });
        var signer = new SkfSigner(this, label, publicKey);
        var challenge = Random(32);
        return Signatures.Verify(SignatureAlgorithm.Sm2Sm3, publicKey, challenge, signer.Sign(challenge))
            ? signer
            : throw new TokenException(ToString(), TokenFailure.Unsupported, "the new key's first signature is not one");
    }

    /// <inheritdoc/>
    public void WriteCertificate(string label, Certificate certificate) => Use(connection =>
    {
        using var container = connection.OpenContainer(label, create: !connection.Containers().Contains(label, StringComparer.Ordinal));
        CertificateFit.Require(this, label, container.PublicKey() ?? default, certificate);
        container.WriteCertificate(certificate.RawData.Span);
        return true;
    });

    /// <inheritdoc/>
    public Certificate? ReadCertificate(string label) =>
        Within(label, static container => container.ReadCertificate()) is { } der ? Certificate.Parse(der) : null;

    /// <inheritdoc/>
    public void ImportEncryptionKey(string label, ReadOnlyMemory<byte> envelope, Certificate certificate)
    {
        CertificateFit.RequirePoint(this, label, Sm2EnvelopedKey.PointOf(envelope), certificate);
        Use(connection =>
        {
            using var container = connection.OpenContainer(label);
            container.TakeEncryptionKey(Sm2EnvelopedKey.ToBlob(envelope), certificate, problem => new InvalidOperationException($"{this}, '{label}': {problem}"));
            return true;
        });
    }

    /// <inheritdoc/>
    public Certificate? ReadEncryptionCertificate(string label) =>
        Within(label, static container => container.ReadEncryptionCertificate()) is { } der ? Certificate.Parse(der) : null;

    /// <inheritdoc/>
    public void WriteData(string label, ReadOnlySpan<byte> data)
    {
        var copy = data.ToArray();
        Use(connection =>
        {
            connection.Files().Write(label, copy);
            return true;
        });
    }

    /// <inheritdoc/>
    public byte[]? ReadData(string label) => Use(connection => connection.Files().Read(label));

    /// <summary>Closes the device and forgets the PIN.</summary>
    public void Dispose()
    {
        lock (_library.Gate)
        {
            Forget();
            Drop();
        }
    }

    /// <summary>Label, serial number and application, as messages name the device.</summary>
    public override string ToString() => $"Device '{Label}' (serial {SerialNumber}, application {Application})";

    ISigner? IHolderDevice.FindSigner(string label, SignatureAlgorithm algorithm) => FindSigner(label, algorithm);

    ISigner IHolderDevice.OpenSigner(DeviceEntry entry, SignatureAlgorithm algorithm) => OpenSigner(entry, algorithm);

    ISigner IHolderDevice.GenerateSigner(string label, SignatureAlgorithm algorithm) => GenerateSigner(label, algorithm);

    /// <summary>
    /// Does work on the device. Work that fails because the device had been pulled out is done once more on it as
    /// it is now, signed in again: the first try reached nothing.
    /// </summary>
    internal T Use<T>(Func<SkfConnection, T> work)
    {
        lock (_library.Gate)
        {
            for (var isFirst = true; ; isFirst = false)
            {
                try
                {
                    return work(_connection ??= Connect());
                }
                catch (TokenException failure) when (failure.SkfResult is { } result && result.IsLostConnection())
                {
                    Drop();
                    if (!isFirst)
                    {
                        throw;
                    }
                }
            }
        }
    }

    private static void OnlySm2(SignatureAlgorithm algorithm)
    {
        if (algorithm != SignatureAlgorithm.Sm2Sm3)
        {
            throw new ArgumentException("The SKF driver signs with SM2.", nameof(algorithm));
        }
    }

    private T? Within<T>(string label, Func<SkfContainer, T?> work) where T : class => Use(connection =>
    {
        if (!connection.Containers().Contains(label, StringComparer.Ordinal))
        {
            return null;
        }

        using var container = connection.OpenContainer(label);
        return work(container);
    });

    private SkfConnection Connect()
    {
        var connection = SkfConnection.TryFind(_library.Functions, SerialNumber, ToString()) ?? throw new TokenException(ToString(), SarResult.DeviceRemoved, "it is not plugged in");
        try
        {
            connection.OpenApplication(Application, ToString());
            SignInAgain(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void SignInAgain(SkfConnection connection)
    {
        if (_signedInWith is null)
        {
            return;
        }

        var result = connection.VerifyPin(_signedInWith);
        if (result is SarResult.Ok or SarResult.UserAlreadyLoggedIn)
        {
            return;
        }

        if (!result.IsLostConnection())
        {
            Forget(); // changed elsewhere in the meantime: trying it again would only lock the device
        }

        throw new TokenException(ToString(), "SKF_VerifyPIN", result);
    }

    private PinOutcome Remembering(TokenPin pin, PinOutcome outcome)
    {
        if (outcome == PinOutcome.Accepted)
        {
            Forget();
            _signedInWith = pin.Copy();
        }

        return outcome;
    }

    private void Forget()
    {
        lock (_library.Gate)
        {
            _signedInWith?.Dispose();
            _signedInWith = null;
        }
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private PinOutcome Outcome(SarResult result, string function) => result switch
    {
        SarResult.Ok or SarResult.UserAlreadyLoggedIn => PinOutcome.Accepted,
        SarResult.PinIncorrect => PinOutcome.Wrong,
        SarResult.PinLocked => PinOutcome.Locked,
        SarResult.PinInvalid or SarResult.PinLengthRange => PinOutcome.Unfit,
        SarResult.UserPinNotInitialised => PinOutcome.NotSet,
        _ => throw new TokenException(ToString(), function, result),
    };
}
