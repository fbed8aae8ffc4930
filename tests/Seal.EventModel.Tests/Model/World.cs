using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Domain.Apps;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.Testing;

namespace Seal.EventModel.Tests.Model;

/// <summary>
/// Who and what the names in a scenario stand for. Keys are learned from the events that happen, so that the same scenario
/// runs wherever the keys come from.
/// </summary>
public class World
{
    /// <summary>The PIN meant by <c>pin: right</c>.</summary>
    public const string RightPin = "314159";

    /// <summary>The name of the certificate authority outside.</summary>
    public const string OutsideAuthority = StandInAuthority.Name;

    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The people in the scenarios and the office each holds.</summary>
    public static IReadOnlyDictionary<string, Role> People { get; } = new Dictionary<string, Role>
    {
        ["legal-representative"] = Role.None,
        ["manager"] = Role.None,
        ["holder"] = Role.None,
        ["stranger"] = Role.None,
        ["registry"] = Role.Registry,
        ["reviewer"] = Role.Reviewer,
        ["maker"] = Role.Maker,
        ["officer"] = Role.CertificateOfficer,
        ["authority"] = Role.Authority,
        ["auditor"] = Role.Auditor,
        ["regulator"] = Role.Regulator,
        ["administrator"] = Role.Administrator,
        ["system"] = Role.System,
    };

    /// <summary>When the scenario began: periods among what is expected count from here.</summary>
    public DateTimeOffset Began { get; init; }

    /// <summary>The key of the person called so; of an app that of the holder that it is.</summary>
    public virtual string Person(string name) => People.ContainsKey(name) ? $"p-{name}" : AppOr(name);

    /// <summary>The holder that the app called so is; other texts stay as they are.</summary>
    protected string AppOr(string name) =>
        (name == AppId.StreamType || name.StartsWith($"{AppId.StreamType}-", StringComparison.Ordinal)) && _keys.TryGetValue(name, out var app) ? new AppId(app).AsHolder.Value : name;

    /// <summary>The credit code of the organisation called so; other texts stay as they are.</summary>
    public virtual string Organisation(string name) => name switch
    {
        "organisation" => "914403001922038216",
        "other-organisation" => "9144030071526726XG",
        _ => name,
    };

    /// <summary>A name (of an organisation, of a seal) as it is used here; a world shared by many scenarios makes it its own.</summary>
    public virtual string Name(string name) => name;

    /// <summary>The seal code called so; digits stay as they are.</summary>
    public virtual string Code(string name) => name switch
    {
        "code" => "4403010000017",
        "other-code" => "4403010000025",
        _ => name,
    };

    /// <summary>The uploaded document called so.</summary>
    public virtual string Document(string name) => name;

    /// <summary>The key called so: <c>seal</c>, <c>seal-2</c>, <c>application</c>, <c>certificate</c>, <c>signing</c>… in the order they came to be.</summary>
    public string Key(string name) => _keys.GetValueOrDefault(name, name);

    /// <summary>Takes note of an event's stream when it is the stream's first.</summary>
    public void Learn(StreamId stream, string eventName)
    {
        if (eventName is "SealApplied" or "ApplicationSubmitted" or "ApplicationEntitled" or "CertificateIssued" or "CertificateGranted" or "EncryptionCertificateGranted" or "CertificateOrderSubmitted" or "SigningRequested" or "DeviceSigningRequested" or "PersonRegistered" or "MasterKeyRotated" or "AppRegistered")
        {
            var count = _counts[stream.Type] = _counts.GetValueOrDefault(stream.Type) + 1;
            _keys[count == 1 ? stream.Type : $"{stream.Type}-{count}"] = stream.Key;
        }
    }

    /// <summary>The serial number of the Ukey called so.</summary>
    public virtual string Token(string name) => name;

    /// <summary>The certification request called so.</summary>
    public virtual string Request(string name) => name;

    /// <summary>The signature of a device called so.</summary>
    public virtual string Signature(string name) => name;

    /// <summary>The key of a holding called by its holder, or by seal and holder, or on a Ukey: <c>holder</c>, <c>seal-2.holder</c>, <c>holder.ukey</c>.</summary>
    public string Holding(string name)
    {
        if (name.EndsWith(".ukey", StringComparison.Ordinal))
        {
            return new HoldingId(Holding(name[..^".ukey".Length])).OnUkey.Value;
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var (seal, person) = dot < 0 ? ("seal", name) : (name[..dot], name[(dot + 1)..]);
        return HoldingId.Of(new SealId(Key(seal)), new PersonId(Person(person))).Value;
    }

    /// <summary>The key of the stream called so, given its type.</summary>
    public string Key(string streamType, string name) => streamType switch
    {
        "person" => Person(name),
        "organisation" => Organisation(name),
        "holding" or "pin" => Holding(name),
        _ => Key(name),
    };

    /// <summary>A PIN called <c>right</c>, <c>wrong</c> or <c>new</c>; other texts stay as they are.</summary>
    public static string Pin(string name) => name switch
    {
        "right" => RightPin,
        "wrong" => "000000",
        "new" => "271828",
        _ => name,
    };

    /// <summary>Time as JSON has it.</summary>
    public static JsonNode Time(DateTimeOffset time) => JsonSerializer.SerializeToNode(time, DomainJson.Options)!;
}
