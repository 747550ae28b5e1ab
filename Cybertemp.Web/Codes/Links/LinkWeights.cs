namespace Cybertemp.Web.Codes.Links;

/// <summary>
/// What each sign adds to the score of an address; the action link has <see cref="Threshold"/> or more.
/// </summary>
internal static class LinkWeights
{
    public const int Threshold = 50;

    public const int WordsAct = 50;
    public const int WordsAgree = 45;
    public const int WordsRefuse = -120;
    public const int WordsPlain = -60;
    public const int WordsOtherUse = -70;

    public const int AddressActs = 30;
    public const int AddressRefuses = -120;
    public const int AddressPlain = -50;
    public const int CarriesCode = 40;
    public const int NamedToken = 10;
    public const int LongToken = 10;
    public const int OnlyToken = 15;
    public const int Expires = 30;
    public const int AppScheme = -15;

    public const int SentenceActs = 25;
    public const int SentenceAsksToClick = 10;
    public const int BareBehindAct = 15;
    public const int ClickForSubject = 25;
    public const int BareAlone = 10;
    public const int BareBody = 20;
    public const int SentenceRefuses = -90;
    public const int SentencePlain = -25;
    public const int SentenceOtherUse = -45;
    public const int SubjectActs = 12;
    public const int SubjectOtherUse = -40;
    public const int SubjectArticle = -40;
}
