namespace Cybertemp.Web.Codes.Scoring;

/// <summary>What each sign adds to the score of a number; a code has <see cref="Threshold"/> or more.</summary>
internal static class CodeWeights
{
    public const int Threshold = 56;

    /// <summary>So many numbers with the threshold or more are none of them a code to type.</summary>
    public const int List = 3;

    /// <summary>With less between the two highest scores nobody can say which is the code.</summary>
    public const int LeastLead = 3;

    /// <summary>With this or less by form and name a number is not looked at further.</summary>
    public const int Hopeless = -35;

    public const int StrongLabel = 60;
    public const int CodeLabel = 45;
    public const int FiguresLabel = 30;
    public const int OfSomethingElse = -25;
    public const int OtherLabel = -90;
    public const int OtherUseLabel = -110;

    /// <summary>Letters between a number and its name from which on the name says less.</summary>
    public const int FarLetters = 35;

    public const int ForMachines = 90;
    public const int OneKindNear = 12;
    public const int OneKindAnywhere = 5;
    public const int NoKindAtAll = -25;
    public const int NoAccount = -15;
    public const int NoInstruction = -10;
    public const int Replaces = 20;
    public const int IntroducedByColon = 8;
    public const int SpokenOfElsewhere = 15;

    public const int Commanded = 25;
    public const int OnlyOneToSignIn = 30;
    public const int LeadsToAct = 35;
    public const int CommandedToAct = 15;
    public const int NamedInFewWords = 36;
    public const int PresentedInFewWords = 28;
    public const int FirstInFewWords = 50;
    public const int Bare = 63;
    public const int ApprovesPayment = 26;
    public const int CodeFirst = 15;
    public const int LeadsSubject = 20;
    public const int OnlyOne = 8;
    public const int BehindColon = 8;

    public const int Alone = 25;
    public const int Large = 14;
    public const int Spaced = 10;
    public const int Emphasised = 8;

    public const int UsualLength = 10;
    public const int OtherLength = 4;
    public const int LongDigits = -10;
    public const int LowerCase = -6;
    public const int Letters = -22;
    public const int MereWord = -100;
    public const int Pronounceable = -20;
    public const int BeforeName = -15;
    public const int BesideNumber = -40;
    public const int Promotional = -50;
    public const int SpacedInText = -25;
    public const int Year = -45;
    public const int Round = -30;
    public const int DateLike = -25;
    public const int PhoneLike = -20;
    public const int NamesWhatFollows = -40;
    public const int Hash = -35;
    public const int UnitBehind = -70;
    public const int OfSender = -60;

    public const int OldNear = -90;
    public const int NewNear = 10;
    public const int SampleNear = -60;
    public const int CompareNear = -60;
    public const int OtherUseInSentence = -45;
    public const int OtherUseInSubject = -40;
    public const int OtherUseNear = -22;
    public const int OtherUseNamedNear = -30;
    public const int OtherUseAnywhere = -6;
    public const int MostOtherUses = 4;
    public const int Article = -35;
    public const int OfRecord = -25;
    public const int OfReply = -25;
    public const int Repeated = 8;
}
