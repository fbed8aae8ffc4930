using System.Text;
using System.Text.RegularExpressions;
using Seal.Domain.CertificateKinds;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Holdings;

namespace Seal.Domain.Tests.CertificateKinds;

/// <summary>What is wrong in a file of certificate kinds is named by line and field.</summary>
public sealed class KindFiles
{
    private static readonly string Shipped = Encoding.UTF8.GetString(CertificateKindCatalog.ShippedFile());

    [Fact]
    public void The_kinds_that_the_platform_comes_with_are_read()
    {
        var kinds = CertificateKindCatalog.Default;
        kinds.All.Select(kind => kind.Name).ShouldBe(["organisation", "organisation-individual", "personal", "seal-maker", "organisation-pair"]);
        kinds.Find("seal-maker")!.Keys.ShouldBe([KeyAlgorithm.Sm2]);
        kinds.OfSeals.ExtendedKeyUsage.ShouldBe(["1.3.6.1.5.5.7.3.36", "1.3.6.1.5.5.7.3.4"]);
        kinds.Find("organisation")!.Materials[OrderBusiness.Renewal].ShouldBe([MaterialKind.ApplicationForm, MaterialKind.AgentIdentity]);
        kinds.Find("nobody").ShouldBeNull();
    }

    [Fact]
    public void A_file_may_begin_with_a_byte_order_mark() =>
        CertificateKindCatalog.Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Shipped)], "kinds.json").All.Count.ShouldBe(5);

    [Theory]
    [InlineData("\"name\": \"organisation\"", "\"name\": \"Organisation\"", 5, "kinds[0].name", "small letters")]
    [InlineData("\"name\": \"personal\"", "\"name\": \"organisation\"", 60, "kinds[2].name", "two kinds called organisation")]
    [InlineData("\"holder\": \"organisation\"", "\"holder\": \"company\"", 7, "kinds[0].holder", "organisation, person-of-organisation, person")]
    [InlineData("\"holder\": \"organisation\",", "", 4, "kinds[0]", "the field holder is missing")]
    [InlineData("\"holder\": \"organisation\"", "\"holder\": \"organisation\", \"colour\": \"red\"", 7, "kinds[0].colour", "no such field")]
    [InlineData("\"holder\": \"organisation\"", "\"holder\": \"organisation\", \"years\": 1", 18, "kinds[0].years", "twice")]
    [InlineData("\"value\": \"CN\"", "\"value\": \"China\"", 9, "kinds[0].subject[0].value", "1 to 2 characters")]
    [InlineData("\"value\": \"CN\"", "\"value\": \"cn\"", 9, "kinds[0].subject[0].value", "capital letters")]
    [InlineData("\"from\": \"organisation-name\" }\n      ]", "\"from\": \"person-name\" }\n      ]", 12, "kinds[0].subject[3].from", "no person")]
    [InlineData("\"attribute\": \"CN\", \"from\": \"organisation-name\"", "\"attribute\": \"title\", \"value\": \"x\"", 12, "kinds[0].subject[3].attribute", "no object identifier")]
    [InlineData("\"attribute\": \"CN\", \"from\": \"organisation-name\"", "\"attribute\": \"OU\", \"value\": \"x\"", 8, "kinds[0].subject", "one CN")]
    [InlineData("\"attribute\": \"CN\", \"from\": \"organisation-name\"", "\"attribute\": \"CN\", \"from\": \"organisation-name\", \"value\": \"x\"", 12, "kinds[0].subject[3].from", "always the same")]
    [InlineData("\"attribute\": \"CN\", \"from\": \"organisation-name\"", "\"attribute\": \"CN\", \"from\": \"organisation-name\", \"longest\": 65", 12, "kinds[0].subject[3].longest", "1 to 64")]
    [InlineData("[\"ecdsa-p256\", \"rsa2048\", \"sm2\"]", "[]", 14, "kinds[0].keys", "empty")]
    [InlineData("[\"ecdsa-p256\", \"rsa2048\", \"sm2\"]", "[\"rsa1024\"]", 14, "kinds[0].keys[0]", "'rsa1024' is none of")]
    [InlineData("[\"digitalSignature\", \"nonRepudiation\"]", "[\"keyEncipherment\"]", 15, "kinds[0].keyUsage", "the key signs")]
    [InlineData("[\"digitalSignature\", \"nonRepudiation\"]", "[\"digitalSignature\", \"keyCertSign\"]", 15, "kinds[0].keyUsage[1]", "'keyCertSign' is none of")]
    [InlineData("[\"digitalSignature\", \"nonRepudiation\"]", "[\"digitalSignature\", \"digitalSignature\"]", 15, "kinds[0].keyUsage[1]", "twice")]
    [InlineData("[\"documentSigning\", \"emailProtection\"]", "[\"1.3.6.1.5.5.7.3.8\"]", 16, "kinds[0].extendedKeyUsage[0]", "not for holders")]
    [InlineData("[\"documentSigning\", \"emailProtection\"]", "[\"signing\"]", 16, "kinds[0].extendedKeyUsage[0]", "no object identifier")]
    [InlineData("\"2.25.147869658569450689149381391298778702824.1.1\"", "\"2.25.01\"", 17, "kinds[0].policies[0]", "no object identifier")]
    [InlineData("\"2.25.147869658569450689149381391298778702824.1.1\"", "\"1.40.1\"", 17, "kinds[0].policies[0]", "no object identifier")]
    [InlineData("\"years\": 1", "\"years\": 0", 18, "kinds[0].years", "1 to 10")]
    [InlineData("\"years\": 1", "\"years\": 1.5", 18, "kinds[0].years", "whole number")]
    [InlineData("\"years\": 1", "\"years\": \"1\"", 18, "kinds[0].years", "has to be a number")]
    [InlineData("\"daysAfter\": 365", "\"daysAfter\": -1", 20, "kinds[0].renewal.daysAfter", "0 to 3660")]
    [InlineData("\"renewal\": [\"application-form\", \"agent-identity\"],", "", 21, "kinds[0].materials", "the field renewal is missing")]
    [InlineData("[\"application-form\", \"agent-identity\"]", "[\"passport\"]", 23, "kinds[0].materials.renewal[0]", "'passport' is none of")]
    [InlineData("\"name\": \"organisation-individual\"", "\"name\": \"employee\"", 3, "kinds", "organisation-individual")]
    [InlineData("{ \"keyUsage\": [\"keyEncipherment\",", "{ \"keyUsage\": [\"digitalSignature\",", 140, "kinds[4].encryption.keyUsage[0]", "'digitalSignature' is none of")]
    [InlineData("\"authorities\": [\"embedded\"],", "", 140, "kinds[4].encryption", "a pair is made")]
    [InlineData("\"title\": {", "\"title\": {{", 6, "", "no JSON")]
    public void What_is_wrong_is_named_by_line_and_field(string right, string wrong, int line, string field, string says)
    {
        var broken = new Regex(Regex.Escape(right)).Replace(Shipped, wrong.Replace("$", "$$", StringComparison.Ordinal), 1);
        broken.ShouldNotBe(Shipped);

        var refused = Should.Throw<KindFileException>(() => CertificateKindCatalog.Read(Encoding.UTF8.GetBytes(broken), "kinds.json"));

        refused.Message.ShouldStartWith(field.Length == 0 ? $"kinds.json, line {line}:" : $"kinds.json, line {line}, {field}:");
        refused.Message.ShouldContain(says);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"kinds\": []} and more")]
    [InlineData("{\"kinds\": {}}")]
    [InlineData("{\"kinds\": [1]}")]
    public void What_is_no_file_of_kinds_is_refused(string file) =>
        Should.Throw<KindFileException>(() => CertificateKindCatalog.Read(Encoding.UTF8.GetBytes(file), "kinds.json")).Message.ShouldStartWith("kinds.json, line 1");

    [Fact]
    public void Bytes_that_are_no_text_are_refused() =>
        Should.Throw<KindFileException>(() => CertificateKindCatalog.Read([.. "{\"kinds\": [{\"name\": \""u8, 0xFF, .. "\"}]}"u8], "kinds.json"));
}
