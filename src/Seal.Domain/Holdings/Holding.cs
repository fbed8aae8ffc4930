using Seal.Domain.Apps;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.Domain.Seals;

namespace Seal.Domain.Holdings;

/// <summary>One person's right to one seal as its events have it.</summary>
public sealed record Holding : IState<Holding>
{
    /// <inheritdoc/>
    public static string StreamType => HoldingId.StreamType;

    /// <inheritdoc/>
    public static Holding Initial { get; } = new();

    /// <summary>The seal.</summary>
    public SealId Seal { get; init; }

    /// <summary>Whose right it is.</summary>
    public PersonId Person { get; init; }

    /// <summary>Where it is in its life.</summary>
    public HoldingStatus Status { get; init; }

    /// <summary>From when it may be used (UTC).</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>Until when it may be used (UTC).</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>The vault's opaque name of the key; empty before the first claim.</summary>
    public string Key { get; init; } = "";

    /// <summary>The newest certificate issued for the key; its value is null before the first claim.</summary>
    public CertificateId Certificate { get; init; }

    /// <summary>Where the key is.</summary>
    public Medium Medium { get; init; }

    /// <summary>The device it was claimed on, as the client named it; of a Ukey its serial number.</summary>
    public string Device { get; init; } = "";

    /// <summary>The model of the Ukey as it names itself; empty on the cloud medium.</summary>
    public string Model { get; init; } = "";

    /// <summary>The key's algorithm.</summary>
    public KeyAlgorithm Algorithm { get; init; }

    /// <summary>Whether it is offered or claimed, and not over.</summary>
    public bool IsLive(DateTimeOffset now) => Status is HoldingStatus.Offered or HoldingStatus.Claimed && now < Until;

    /// <inheritdoc/>
    public Holding Apply(IEvent happened) => happened switch
    {
        HoldingOffered e => this with { Seal = e.Seal, Person = e.Person, From = e.From, Until = e.Until, Status = HoldingStatus.Offered },
        HoldingClaimed e => this with { Key = e.Key, Certificate = e.Certificate, Device = e.Device, Algorithm = e.Algorithm, Status = HoldingStatus.Claimed },
        HoldingRekeyed e => this with { Key = e.Key, Certificate = e.Certificate },
        PinChanged e => this with { Key = e.Key },
        HoldingRenewed e => this with { Certificate = e.Certificate, Until = e.Until },
        UkeyBound e => this with
        {
            Seal = e.Seal,
            Person = e.Person,
            From = e.From,
            Until = e.Until,
            Certificate = e.Certificate,
            Medium = Medium.Ukey,
            Device = e.SerialNumber,
            Model = e.Model,
            Algorithm = e.Algorithm,
            Status = HoldingStatus.Claimed,
        },
        SealGranted e => this with
        {
            Seal = e.Seal,
            Person = e.Person,
            From = e.From,
            Until = e.Until,
            Medium = Medium.Hsm,
            Status = HoldingStatus.Claimed,
        },
        UkeyUnbound => this with { Status = HoldingStatus.Unbound },
        HoldingWithdrawn => this with { Status = HoldingStatus.Withdrawn },
        _ => this,
    };
}

/// <summary>Where a holding is in its life.</summary>
public enum HoldingStatus
{
    /// <summary>No such holding.</summary>
    None,

    /// <summary>Waiting to be claimed 待领取.</summary>
    Offered,

    /// <summary>Claimed: there is a key and a certificate 已领取.</summary>
    Claimed,

    /// <summary>Taken back 已取消授权.</summary>
    Withdrawn,

    /// <summary>The Ukey was taken off 已解绑.</summary>
    Unbound,
}

/// <summary>Where a holder's key is 领取介质.</summary>
public enum Medium
{
    /// <summary>In the service's vault, under the holder's PIN.</summary>
    Cloud,

    /// <summary>On a token of the holder's; the service never has it.</summary>
    Ukey,

    /// <summary>The holder is an app: its right has no key here, and the one on the Ukey beside it lies in the organisation's HSM.</summary>
    Hsm,
}

/// <summary>The algorithm of a holder's signing key.</summary>
public enum KeyAlgorithm
{
    /// <summary>ECDSA on P-256 with SHA-256.</summary>
    EcdsaP256,

    /// <summary>RSA, 2048 bits, with SHA-256.</summary>
    Rsa2048,

    /// <summary>SM2 with SM3 (GB/T 32918).</summary>
    Sm2,
}
