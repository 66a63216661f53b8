// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Bazaar} from "./Bazaar.sol";

/// @notice The numbers are those of README.md beside this file.
contract DealsInvariantTest {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Bazaar private bazaar;

    function setUp() public {
        bazaar = new Bazaar();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(bazaar);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory chosen) {
        bytes4[] memory actions = new bytes4[](10);
        actions[0] = Bazaar.doOpen.selector;
        actions[1] = Bazaar.doDeliver.selector;
        actions[2] = Bazaar.doAccept.selector;
        actions[3] = Bazaar.doAcceptMany.selector;
        actions[4] = Bazaar.doLapse.selector;
        actions[5] = Bazaar.doWithdraw.selector;
        actions[6] = Bazaar.doWarp.selector;
        actions[7] = Bazaar.doMood.selector;
        actions[8] = Bazaar.doSell.selector;
        actions[9] = Bazaar.doProbe.selector;
        chosen = new FuzzSelector[](1);
        chosen[0] = FuzzSelector(address(bazaar), actions);
    }

    /// Numbers 1 and 10.
    function invariant_theEscrowHoldsWhatItOwes() public view {
        bazaar.checkSolvent();
    }

    /// Numbers 2, 3 and 6.
    function invariant_moneyGoesOnlyWhereTheTermsSay() public view {
        bazaar.checkBalances();
    }

    /// Numbers 4 and 14.
    function invariant_lanesFollowTheTable() public view {
        bazaar.checkLanes();
    }

    /// Number 8.
    function invariant_recordsAreTheFoldOfTheLogs() public view {
        bazaar.checkRecords();
    }

    /// Number 5, at the end of every run.
    function afterInvariant() public {
        bazaar.closeEverything();
        bazaar.checkSolvent();
        bazaar.checkBalances();
        bazaar.checkRecords();
    }
}
