using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Seal.Domain.Deciding;
using Seal.Domain.Seals;

namespace Seal.Domain.Tests.Deciding;

public sealed partial class Catalogues
{
    [Theory]
    [InlineData("FreezeSeal", "/api/seals/{id}/freeze")]
    [InlineData("LiftFreeze", "/api/seals/{id}/lift-freeze")]
    [InlineData("ClaimSeal", "/api/seals/{id}/claim")]
    [InlineData("AuthoriseHolder", "/api/seals/{id}/authorise-holder")]
    [InlineData("ChangePin", "/api/holdings/{id}/change-pin")]
    [InlineData("AppointManager", "/api/organisations/{id}/appoint-manager")]
    [InlineData("ReturnApplication", "/api/applications/{id}/return")]
    [InlineData("RevokeCertificate", "/api/certificates/{id}/revoke")]
    [InlineData("RequestCertificate", "/api/certificate-orders")]
    [InlineData("ApproveCertificateOrder", "/api/certificate-orders/{id}/approve")]
    [InlineData("ConfirmUnlock", "/api/certificate-orders/{id}/confirm-unlock")]
    [InlineData("RollIssuer", "/api/issuers/{id}/roll")]
    [InlineData("RotateMasterKey", "/api/master-keys")]
    [InlineData("DestroyMasterKey", "/api/master-keys/{id}/destroy")]
    [InlineData("ApplyForSeals", "/api/applications")]
    [InlineData("RegisterOrganisation", "/api/organisations")]
    [InlineData("SealDocument", "/api/signings")]
    public void The_route_of_a_command_follows_the_one_rule(string command, string route) => CommandCatalog.Find(command)!.Route.ShouldBe(route);

    [Fact]
    public void No_two_commands_share_a_route() => CommandCatalog.All.Where(command => command.HasRoute).Select(command => command.Route).ShouldBeUnique();

    [Fact]
    public void What_only_the_system_or_a_view_does_has_no_route() =>
        CommandCatalog.All.Where(command => !command.HasRoute).Select(command => command.Name).ShouldBe(["EntitleOrganisation", "ExportPerson", "FailSigning", "FinishErasure", "RecordInquiry"]);

    [Fact]
    public void The_first_property_of_a_command_is_the_key_it_addresses()
    {
        foreach (var command in CommandCatalog.All.Where(command => !command.Contract.Creates))
        {
            var first = command.Type.GetConstructors().Single().GetParameters()[0].ParameterType;
            first.GetProperty("StreamType")!.GetValue(null).ShouldBe(command.Contract.StreamType, command.Name);
        }
    }

    [Fact]
    public void Rejections_have_codes_in_kebab_case_and_name_fields_in_camel_case()
    {
        RejectionCatalog.All.ShouldAllBe(rejection => Kebab().IsMatch(rejection.Code));
        RejectionCatalog.All.ShouldAllBe(rejection => rejection.Field == null || char.IsLower(rejection.Field[0]));
    }

    [Fact]
    public void Events_have_stored_names_in_kebab_case() => EventCatalog.All.Keys.ShouldAllBe(name => Stored().IsMatch(name));

    [Fact]
    public void No_event_holds_what_a_person_wrote_or_a_PIN() =>
        EventCatalog.All.Values.SelectMany(type => type.GetProperties()).ShouldAllBe(property => property.PropertyType != typeof(FreeText) && property.PropertyType != typeof(Pin));

    [Fact]
    public void Keys_are_written_as_plain_text() =>
        typeof(SealId).Assembly.GetTypes().Where(type => type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IKey<>)))
            .ShouldAllBe(type => type.IsDefined(typeof(JsonConverterAttribute), false));

    [Fact]
    public void An_event_of_unknown_name_is_an_error() =>
        Should.Throw<UnknownEventException>(() => EventCatalog.Deserialize("seal.melted.v1", "{}"u8)).WireName.ShouldBe("seal.melted.v1");

    [Fact]
    public void An_event_of_an_older_version_is_brought_up_to_the_present_one()
    {
        var types = EventTypes.Of(typeof(Catalogues).Assembly, [new ColourAdded(), new ShadeSplit()]);
        types.Deserialize("sample.painted.v1", """{"thing":"door"}"""u8).ShouldBe(new Painted("door", "red", "dark"));
        types.Deserialize("sample.painted.v2", """{"thing":"door","colour":"light-blue"}"""u8).ShouldBe(new Painted("door", "blue", "light"));
        types.Deserialize("sample.painted.v3", """{"thing":"door","colour":"green","shade":"pale"}"""u8).ShouldBe(new Painted("door", "green", "pale"));
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Kebab();

    [GeneratedRegex(@"^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\.v[1-9][0-9]*$")]
    private static partial Regex Stored();

    [EventName("sample.painted", version: 3)]
    private sealed record Painted(string Thing, string Colour, string Shade) : IEvent;

    private sealed class ColourAdded : IUpcaster
    {
        public string From => "sample.painted.v1";

        public string To => "sample.painted.v2";

        public JsonObject Upcast(JsonObject body)
        {
            body["colour"] = "dark-red";
            return body;
        }
    }

    private sealed class ShadeSplit : IUpcaster
    {
        public string From => "sample.painted.v2";

        public string To => "sample.painted.v3";

        public JsonObject Upcast(JsonObject body)
        {
            var parts = ((string)body["colour"]!).Split('-');
            (body["shade"], body["colour"]) = (parts[0], parts[1]);
            return body;
        }
    }
}
